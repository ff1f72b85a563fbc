// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.protocol.errors.InvalidActionError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * An action that a middleware allows or blocks, once. Thread-safe: any thread may decide,
 * immediately or later, within {@code middlewareTimeout}.
 *
 * <p>Documented by SocketCluster as {@code AGAction} (docs/api-ag-action.md).
 */
public interface AGAction {
  /** The kind of an action. */
  enum Type {
    /** Open a WebSocket connection; the socket does not exist yet. */
    HANDSHAKE_WS("handshakeWS"),
    /** Complete the handshake of a socket. */
    HANDSHAKE_SC("handshakeSC"),
    /** Accept an incoming message as received, whatever its content. */
    MESSAGE("message"),
    /** Send an event without an answer. */
    TRANSMIT("transmit"),
    /** Call a procedure. */
    INVOKE("invoke"),
    /** Subscribe to a channel. */
    SUBSCRIBE("subscribe"),
    /** Publish to a channel. */
    PUBLISH_IN("publishIn"),
    /** Send a publish to one subscriber of its channel. */
    PUBLISH_OUT("publishOut"),
    /** Authenticate with a signed token. */
    AUTHENTICATE("authenticate");

    private final String value;

    Type(String value) {
      this.value = value;
    }

    /** Returns SocketCluster's name of this type. */
    public String value() {
      return value;
    }
  }

  /** The decision about an action. */
  enum Outcome {
    /** The action proceeds. */
    ALLOWED,
    /** The action was refused. */
    BLOCKED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the kind of this action. */
  Type type();

  /**
   * Returns the socket.
   *
   * @throws InvalidActionError for {@link Type#HANDSHAKE_WS}: there is none
   */
  AGServerSocket socket();

  /** Returns the HTTP request of the client's upgrade. */
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

  /**
   * Returns the data bound to a generic type, as {@link #data(Class)} does it.
   *
   * @throws io.socketcluster.protocol.errors.InvalidArgumentsError when it does not have the form
   *     of the type
   * @throws IllegalArgumentException when Jackson cannot make the type
   */
  <T> @Nullable T data(TypeReference<T> type);

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
   * Lets the action proceed unchanged.
   *
   * @throws InvalidActionError if the action was already decided
   */
  void allow();

  /**
   * Lets the action proceed with other data. A handshake and an authenticate have no data; for them
   * this equals {@link #allow()}.
   *
   * @param data any value that Jackson can write. For a {@link Type#MESSAGE}, a string or a byte
   *     array replaces the received message; any other value is replaced by its JSON
   * @throws InvalidActionError if the action was already decided
   */
  void allow(@Nullable Object data);

  /**
   * Blocks the action silently: the caller gets a {@code SilentMiddlewareBlockedError}.
   *
   * @throws InvalidActionError if the action was already decided
   */
  void block();

  /**
   * Blocks the action. The caller gets {@code error}, or a {@code SilentMiddlewareBlockedError} if
   * the error has the property {@code silent} with the value true. The client of a {@link
   * Type#HANDSHAKE_WS} gets HTTP 401 with the message. The client of a {@link Type#HANDSHAKE_SC} is
   * closed with the error's property {@code statusCode} if that is 1000 or 3000 to 4999, otherwise
   * with 4008.
   *
   * @throws InvalidActionError if the action was already decided
   */
  void block(Throwable error);
}
