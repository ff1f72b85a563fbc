// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.events;

import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.core.EventName;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.stream.StreamDemux;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of a socket without an application: their names are recorded. */
public final class RecordedEvents implements EventHost {
  private final AGServerOptions options;
  private final AGSimpleBroker broker = new AGSimpleBroker();
  private final StreamDemux<Object> listeners = new StreamDemux<>();
  private final List<String> names = new ArrayList<>();
  private final List<String> unconsumed = new ArrayList<>();
  private final AGServer server = face(AGServer.class);
  private final SocketEvents events;

  public RecordedEvents(AGServerOptions options) {
    this.options = options;
    this.events = new SocketEvents(face(AGServerSocket.class), this);
  }

  public SocketEvents events() {
    return events;
  }

  /** Returns the names of the socket's events since the last call. */
  public List<String> names() {
    List<String> recorded = List.copyOf(names);
    names.clear();
    return recorded;
  }

  /** Returns the procedures that nobody consumed. */
  public List<String> unconsumed() {
    return unconsumed;
  }

  private <T> T face(Class<T> type) {
    InvocationHandler handler = this::answer;
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private @Nullable Object answer(Object face, Method method, Object... arguments)
      throws Throwable {
    if (arguments != null && arguments[0] instanceof EventName<?> name) {
      if (face instanceof AGServerSocket) {
        names.add(name.name());
      }
      return null;
    }
    return switch (method.getName()) {
      case "listenerDemux" -> listeners;
      case "brokerEngine" -> broker;
      case "id" -> "socket-id";
      case "request" -> null;
      default -> InvocationHandler.invokeDefault(face, method, arguments);
    };
  }

  @Override
  public AGServer server() {
    return server;
  }

  @Override
  public AGServerOptions options() {
    return options;
  }

  @Override
  public ServerObserver observer() {
    return ServerObserver.NONE;
  }

  @Override
  public void failed(String event, Throwable failure, boolean isHeard) {
    names.add(event);
  }

  @Override
  public void onUnconsumed(String procedure) {
    unconsumed.add(procedure);
  }

  @Override
  public void onUnanswered(String procedure) {
    unconsumed.add(procedure);
  }

  @Override
  public ConnectionMark emitConnection(ServerEvent.Connection event) {
    return () -> true;
  }
}
