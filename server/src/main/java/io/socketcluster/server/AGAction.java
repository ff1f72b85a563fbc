// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something that a client wants to do and that a middleware allows or blocks, once. Thread-safe:
 * any thread may decide, now or later.
 */
public interface AGAction {
  /** What the client wants to do. */
  enum Type {
    /** Send an event that needs no answer. */
    TRANSMIT("transmit"),
    /** Call a procedure. */
    INVOKE("invoke"),
    /** Subscribe to a channel. */
    SUBSCRIBE("subscribe"),
    /** Publish to a channel. */
    PUBLISH_IN("publishIn"),
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

  /** Returns what the client wants to do. */
  Type type();

  /** Returns the socket of the client. */
  AGServerSocket socket();

  /** Returns the channel of a subscribe or publish, otherwise null. */
  @Nullable String channel();

  /** Returns the name of the procedure of an invoke, otherwise null. */
  @Nullable String procedure();

  /** Returns the name of the receiver of a transmit, otherwise null. */
  @Nullable String receiver();

  /** Returns the data as sent, or null when there was none. */
  @Nullable Payload payload();

  /** Returns the data as JSON; a {@code MissingNode} when there was none. */
  JsonNode data();

  /**
   * Returns the data bound to {@code type}.
   *
   * @throws io.socketcluster.protocol.errors.InvalidArgumentsError when it cannot be bound
   */
  <T> @Nullable T data(Class<T> type);

  /** Returns the signed token of an authenticate, otherwise null. */
  @Nullable String signedAuthToken();

  /** Returns the claims of the token of an authenticate, otherwise null. */
  @Nullable JsonNode authToken();

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
   * Lets the action go on with other data.
   *
   * @param data anything that Jackson can write
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
   * when the error has the property {@code silent} with the value true.
   *
   * @throws AGException an {@code InvalidActionError} when it was decided before
   */
  void block(Throwable error);
}
