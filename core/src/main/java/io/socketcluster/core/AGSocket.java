// SPDX-License-Identifier: MIT
package io.socketcluster.core;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.protocol.errors.TimeoutError;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * Either end of a connection: the methods that a server's and a client's socket have in common.
 * Code that is written against this interface runs on both ends.
 *
 * <p>Every method is thread-safe. {@code call} waits for its answer; the other methods here do not
 * block. Futures are completed on virtual threads, never on an event loop. Packets that one thread
 * sends keep their order.
 */
public interface AGSocket extends AsyncStreamEmitter, ReceiverFamily, ProcedureFamily, BatchFamily {
  /**
   * Something went wrong on this socket: a handler threw, a message was lost, or a client's socket
   * closed with a code that is an error.
   */
  EventName<ConnectionEvent.Failure> ERROR = new EventName<>("error");

  /** A message arrived that is no packet. */
  EventName<ConnectionEvent.Raw> RAW = new EventName<>("raw");

  /**
   * A message arrived, whatever it is: emitted in the order of arrival, before the message is
   * processed. Only for consumers that are there at that moment; costs nothing without one.
   */
  EventName<ConnectionEvent.Message> MESSAGE = new EventName<>("message");

  /** The handshake is complete. */
  EventName<ConnectionEvent.Connect> CONNECT = new EventName<>("connect");

  /** The connection closed before its handshake was complete. */
  EventName<ConnectionEvent.Closed> CONNECT_ABORT = new EventName<>("connectAbort");

  /** The connection closed after its handshake. */
  EventName<ConnectionEvent.Closed> DISCONNECT = new EventName<>("disconnect");

  /** The connection closed, before or after its handshake. */
  EventName<ConnectionEvent.Closed> CLOSE = new EventName<>("close");

  /**
   * Returns the id that the server has given the connection: 20 URL-safe characters. A client's
   * socket that is not open has none: null.
   */
  @Nullable String id();

  /** Returns where the socket is in its life. */
  SocketState state();

  /** Returns whether the socket has an auth token that the server has accepted. */
  AuthState authState();

  /** Returns the claims of the auth token, or null without a token. They must not be changed. */
  @Nullable JsonNode authToken();

  /** Returns the auth token as the server signed it, or null without a token. */
  @Nullable String signedAuthToken();

  /** Returns how long a call waits for its answer unless it says otherwise. */
  Duration ackTimeout();

  /**
   * Sends an event that needs no answer.
   *
   * <p>A client's socket that is not open connects first. The event is dropped if it cannot be sent
   * within the {@code ackTimeout}, or if a connection fails meanwhile. A server's socket that is
   * not open drops the event and emits a {@link BadConnectionError} as its {@code error}.
   *
   * @param data anything that Jackson can write; null and a {@code MissingNode} send no data
   * @throws InvalidArgumentsError if the data cannot be written as JSON
   * @throws ResourceLimitError if more than {@code outboundBufferLimit} bytes wait in a client
   */
  void transmit(String event, @Nullable Object data);

  /**
   * Calls a procedure of the other side. A client's socket that is not open connects first.
   *
   * @param data anything that Jackson can write; null and a {@code MissingNode} send no data
   * @return the answer, a {@code MissingNode} if it has no data. Fails with the error that the
   *     other side answered, a {@link TimeoutError} after the {@code ackTimeout}, a {@link
   *     BadConnectionError} if the connection ends first, or a {@link ResourceLimitError} if too
   *     much waits
   * @throws InvalidArgumentsError if the data cannot be written as JSON
   */
  default CompletableFuture<JsonNode> invoke(String event, @Nullable Object data) {
    return invoke(event, data, JsonNode.class);
  }

  /**
   * Calls a procedure as {@link #invoke(String, Object)} does, with an {@code ackTimeout} of its
   * own: at most 24 days.
   */
  default CompletableFuture<JsonNode> invoke(
      String event, @Nullable Object data, Duration ackTimeout) {
    return invoke(event, data, JsonNode.class, ackTimeout);
  }

  /**
   * Calls a procedure as {@link #invoke(String, Object)} does, and binds the answer to {@code
   * type}. The future fails with an {@link InvalidArgumentsError} if the answer has no data or
   * another form than the type.
   *
   * @throws IllegalArgumentException if Jackson cannot make the type
   */
  default <T> CompletableFuture<T> invoke(String event, @Nullable Object data, Class<T> type) {
    return invoke(event, data, type, ackTimeout());
  }

  /**
   * Calls a procedure as {@link #invoke(String, Object, Class)} does, with an {@code ackTimeout} of
   * its own.
   *
   * @param ackTimeout how long to wait for the answer: at most 24 days
   * @throws InvalidArgumentsError if the data cannot be written as JSON, or {@code ackTimeout} is
   *     out of its bounds
   */
  <T> CompletableFuture<T> invoke(
      String event, @Nullable Object data, Class<T> type, Duration ackTimeout);

  /**
   * Calls a procedure as {@link #invoke(String, Object, Class)} does, and binds the answer to a
   * generic type: {@code invoke("orders", null, new TypeReference<List<Order>>() {})}.
   *
   * @throws IllegalArgumentException if Jackson cannot make the type
   */
  default <T> CompletableFuture<T> invoke(
      String event, @Nullable Object data, TypeReference<T> type) {
    return invoke(event, data, type, ackTimeout());
  }

  /**
   * Calls a procedure as {@link #invoke(String, Object, Class, Duration)} does, and binds the
   * answer to a generic type.
   *
   * @throws IllegalArgumentException if Jackson cannot make the type
   */
  <T> CompletableFuture<T> invoke(
      String event, @Nullable Object data, TypeReference<T> type, Duration ackTimeout);

  /**
   * Calls a procedure of the other side and blocks until the answer is there. For threads that may
   * block: virtual threads, and thereby the handlers of streams.
   *
   * @param data anything that Jackson can write; null and a {@code MissingNode} send no data
   * @return the answer, a {@code MissingNode} if it has no data
   * @throws AGException if the call fails: the errors of {@link #invoke(String, Object)}
   * @throws InterruptedException if the thread is interrupted; the call itself is not taken back
   */
  default JsonNode call(String event, @Nullable Object data) throws InterruptedException {
    return call(event, data, JsonNode.class);
  }

  /**
   * Calls a procedure as {@link #call(String, Object)} does, and binds the answer to {@code type}.
   *
   * @throws InvalidArgumentsError if the data cannot be written as JSON, or the answer has no data
   *     or another form than the type
   * @throws AGException if the call fails: the errors of {@link #invoke(String, Object)}
   * @throws InterruptedException if the thread is interrupted; the call itself is not taken back
   */
  <T> T call(String event, @Nullable Object data, Class<T> type) throws InterruptedException;

  /**
   * Calls a procedure as {@link #call(String, Object, Class)} does, and binds the answer to a
   * generic type.
   *
   * @throws InvalidArgumentsError if the data cannot be written as JSON, or the answer has no data
   *     or another form than the type
   * @throws AGException if the call fails: the errors of {@link #invoke(String, Object)}
   * @throws InterruptedException if the thread is interrupted; the call itself is not taken back
   */
  <T> T call(String event, @Nullable Object data, TypeReference<T> type)
      throws InterruptedException;

  /**
   * Sends a message that is no packet: the other side emits it as {@code raw}. The message is sent
   * at once, past any batch. Without a connection it is dropped, and a server's socket emits a
   * {@link BadConnectionError} as its {@code error}.
   *
   * @param message sent as text; an empty message is a ping of protocol 2
   * @throws ResourceLimitError if more than {@code outboundBufferLimit} bytes wait in a client
   */
  void send(String message);

  /** Sends bytes that are no packet, as {@link #send(String)} sends a text. */
  void send(byte[] message);

  /** Closes the connection with 1000. A client's socket does not connect again by itself. */
  default void disconnect() {
    disconnect(1000, null);
  }

  /**
   * Closes the connection once everything that was sent before is delivered. Without effect on a
   * connection that is closed. The client connects again by itself unless the code is 1000, or 4500
   * or more.
   *
   * @param code 1000, or 3000 to 4999
   * @param reason at most 123 bytes of UTF-8 reach the other side
   * @throws InvalidArgumentsError for any other code
   */
  void disconnect(int code, @Nullable String reason);

  /** Ends the consumers of all streams of this socket after their backlog. */
  default void closeAllStreams() {
    closeAllReceivers();
    closeAllProcedures();
    closeAllListeners();
  }

  /** Ends the consumers of all streams of this socket at once. */
  default void killAllStreams() {
    killAllReceivers();
    killAllProcedures();
    killAllListeners();
  }

  /** Returns how many bytes the messages had that the present or last connection received. */
  long getBytesReceived();

  /** Returns how many bytes wait to be sent. Bytes that the system has taken do not count. */
  long getOutboundBufferedBytes();

  /** Returns how many items the slowest consumer of any stream of this socket has not taken yet. */
  default int getBackpressure() {
    return Math.max(
        getAllListenersBackpressure(),
        Math.max(getAllReceiversBackpressure(), getAllProceduresBackpressure()));
  }
}
