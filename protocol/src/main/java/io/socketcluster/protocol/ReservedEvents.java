// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The event names that the protocol keeps for itself, see {@code socketcluster-protocol.md}. */
public final class ReservedEvents {
  /** Client to server: the first packet of a connection. */
  public static final String HANDSHAKE = "#handshake";

  /** Client to server: log in with a signed token. */
  public static final String AUTHENTICATE = "#authenticate";

  /** Both ways: log out. */
  public static final String REMOVE_AUTH_TOKEN = "#removeAuthToken";

  /** Server to client: the token to keep. */
  public static final String SET_AUTH_TOKEN = "#setAuthToken";

  /** Client to server: subscribe to a channel. */
  public static final String SUBSCRIBE = "#subscribe";

  /** Client to server: unsubscribe from a channel. */
  public static final String UNSUBSCRIBE = "#unsubscribe";

  /** Client to server: publish to a channel. Server to client: what was published. */
  public static final String PUBLISH = "#publish";

  /** Server to client: taken out of a channel. */
  public static final String KICK_OUT = "#kickOut";

  /** Client to server, clients of protocol version 1 only: the connection is about to close. */
  public static final String DISCONNECT = "#disconnect";

  private static final String[] NAMES = // the frequent ones first
      List.of(
              PUBLISH,
              SUBSCRIBE,
              UNSUBSCRIBE,
              HANDSHAKE,
              AUTHENTICATE,
              REMOVE_AUTH_TOKEN,
              SET_AUTH_TOKEN,
              KICK_OUT,
              DISCONNECT)
          .toArray(String[]::new);

  private static final byte[][] BYTES =
      Arrays.stream(NAMES).map(name -> name.getBytes(ISO_8859_1)).toArray(byte[][]::new);

  private ReservedEvents() {}

  /** The constant that equals a name, so that it can be told by identity; else the name itself. */
  public static String canonical(String event) {
    for (String name : NAMES) {
      if (name.equals(event)) {
        return name;
      }
    }
    return event;
  }

  /** The constant that these bytes spell, without allocating; null if they are no reserved name. */
  static @Nullable String match(byte[] in, int start, int end) {
    if (start == end || in[start] != '#') {
      return null;
    }
    for (int i = 0; i < BYTES.length; i++) {
      byte[] name = BYTES[i];
      if (name.length == end - start && Arrays.equals(in, start, end, name, 0, name.length)) {
        return NAMES[i];
      }
    }
    return null;
  }
}
