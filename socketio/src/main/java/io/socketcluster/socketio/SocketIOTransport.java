// SPDX-License-Identifier: MIT
package io.socketcluster.socketio;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A transport of Socket.IO 0.5 and 0.6. */
public enum SocketIOTransport {
  /** WebSocket: RFC 6455 and the drafts hybi-07, hybi-08, hixie-76 and hixie-75. */
  WEBSOCKET("websocket"),

  /** WebSocket by a Flash movie: the same on the wire. */
  FLASHSOCKET("flashsocket"),

  /** Server-sent events ({@code EventSource}) and POST. */
  SERVER_EVENTS("server-events"),

  /** An endless page in a hidden frame, and POST: Internet Explorer 6 to 9. */
  HTMLFILE("htmlfile"),

  /** An endless answer in parts, and POST: Firefox up to 21. */
  XHR_MULTIPART("xhr-multipart"),

  /** Long polls and POST by {@code XMLHttpRequest}. */
  XHR_POLLING("xhr-polling"),

  /** Long polls by script elements, and forms that post. */
  JSONP_POLLING("jsonp-polling");

  private static final Map<String, SocketIOTransport> BY_ID =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(SocketIOTransport::id, it -> it));

  private final String id;

  SocketIOTransport(String id) {
    this.id = id;
  }

  /** Returns the name on the wire, such as {@code xhr-polling}. */
  public String id() {
    return id;
  }

  /** Returns the transport of this name on the wire, or null. */
  public static @Nullable SocketIOTransport of(String id) {
    return BY_ID.get(id);
  }

  /** Returns whether the transport is a WebSocket. */
  public boolean isSocket() {
    return this == WEBSOCKET || this == FLASHSOCKET;
  }

  /** Returns whether the client polls. */
  public boolean isPolling() {
    return this == XHR_POLLING || this == JSONP_POLLING;
  }
}
