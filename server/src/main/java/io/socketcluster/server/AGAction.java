// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something that a middleware allows or blocks, once. Thread-safe: any thread may decide, now or
 * later, but not later than {@code middlewareTimeout} allows.
 *
 * <p>Documented by SocketCluster as {@code AGAction} (docs/api-ag-action.md).
 */
public interface AGAction {
  /** What is to be decided. */
  enum Type {
    /** Open a WebSocket connection; there is no socket yet. */
    HANDSHAKE_WS("handshakeWS"),
    /** Complete the handshake of a socket. */
    HANDSHAKE_SC("handshakeSC"),
    /** Take in a message as it came, whatever is in it. */
    MESSAGE("message"),
    /** Send an event that needs no answer. */
    TRANSMIT("transmit"),
    /** Call a procedure. */
    INVOKE("invoke"),
    /** Subscribe to a channel. */
    SUBSCRIBE("subscribe"),
    /** Publish to a channel. */
    PUBLISH_IN("publishIn"),
    /** Send a publish to one of the subscribers of its channel. */
    PUBLISH_OUT("publishOut"),
    /** Authenticate with a signed token. */
    AUTHENTICATE("authenticate");

    private final String value;

    Type(String value) {
      this.value = value;
    }

    /** Returns the name that SocketCluster gives this type. */
    public String value() {
      return value;
    }
  }

  /** What was decided. */
  enum Outcome {
    /** The action goes on. */
    ALLOWED,
    /** The action was refused. */
    BLOCKED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns what is to be decided. */
  Type type();

  /**
   * Returns the socket.
   *
   * @throws AGException an {@code InvalidActionError} for {@link Type#HANDSHAKE_WS}: there is none
   */
  AGServerSocket socket();

  /** Returns the HTTP request with which the client came. */
  UpgradeRequest request();

  /** Returns the channel of a subscribe or publish, in or out, otherwise null. */
  @Nullable String channel();

  /** Returns the name of the procedure of an invoke, otherwise null. */
  @Nullable String procedure();

  /** Returns the name of the receiver of a transmit, otherwise null. */
  @Nullable String receiver();

  /** Returns the data as sent, or null when there was none. */
  @Nullable Payload payload();

  /**
   * Returns the data as JSON; a {@code MissingNode} when there was none. That of a {@link
   * Type#MESSAGE} is the text that came as a {@code StringNode}, or the bytes as a {@code
   * BinaryNode}.
   */
  JsonNode data();

  /**
   * Returns the data bound to {@code type}. That of a {@link Type#MESSAGE} can be had as a {@code
   * String}, {@code byte[]} or {@code JsonNode}.
   *
   * @throws io.socketcluster.protocol.errors.InvalidArgumentsError when it does not have the form
   *     of the type
   * @throws IllegalArgumentException when Jackson cannot make the type
   */
  <T> @Nullable T data(Class<T> type);

  /** Returns the signed token of an authenticate or of a handshake with one, otherwise null. */
  @Nullable String signedAuthToken();

  /** Returns the claims of that token, or null when there is none or it was found to be bad. */
  @Nullable JsonNode authToken();

  /** Returns what is wrong with the token of a {@link Type#HANDSHAKE_SC}, otherwise null. */
  @Nullable AGException authTokenError();

  /** Returns the error when the socket's token was found to have expired with this packet. */
  @Nullable AuthTokenExpiredError authTokenExpiredError();

  /** Returns what was decided, or null while nothing was. */
  @Nullable Outcome outcome();

  /**
   * Lets the action go on as it is.
   *
   * @throws AGException an {@code InvalidActionError} when it was decided before
   */
  void allow();

  /**
   * Lets the action go on with other data. Where there is no data, in a handshake and an
   * authenticate, this is no different from {@link #allow()}.
   *
   * @param data anything that Jackson can write. In place of a {@link Type#MESSAGE}, a string and a
   *     byte array are what the client is taken to have sent; anything else becomes its JSON
   * @throws AGException an {@code InvalidActionError} when it was decided before
   */
  void allow(@Nullable Object data);

  /**
   * Refuses the action silently: the caller gets a {@code SilentMiddlewareBlockedError}.
   *
   * @throws AGException an {@code InvalidActionError} when it was decided before
   */
  void block();

  /**
   * Refuses the action; the caller gets {@code error}, or a {@code SilentMiddlewareBlockedError}
   * when the error has the property {@code silent} with the value true. The client of a {@link
   * Type#HANDSHAKE_WS} gets HTTP 401 with the message. That of a {@link Type#HANDSHAKE_SC} is
   * closed with the error's property {@code statusCode}: 1000 or 3000 to 4999, otherwise 4008.
   *
   * @throws AGException an {@code InvalidActionError} when it was decided before
   */
  void block(Throwable error);
}
