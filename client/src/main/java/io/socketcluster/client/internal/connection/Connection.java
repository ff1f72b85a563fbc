// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.connection;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.internal.loop.SocketLoop;
import io.socketcluster.client.internal.transport.ConnectionListener;
import io.socketcluster.client.internal.transport.WebSocketConnection;
import io.socketcluster.core.connection.ConnectionTimer;
import io.socketcluster.core.connection.OutboundBatch;
import io.socketcluster.core.connection.PendingCalls;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.errors.ResourceLimitError;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection: its messages, the calls that wait for an answer on it, its batch and its clocks.
 * When it has ended nothing of it is left, and the next one begins anew. Event loop only.
 */
public final class Connection implements ConnectionListener {
  private static final boolean OWN = true;
  private static final boolean OF_APPLICATION = false;
  private static final boolean TEXT = false;

  /** The cost of an answer besides its bytes: a pong has none. */
  private static final int ANSWER_OVERHEAD = 96;

  private final Listener listener;
  private final AGClientOptions options;
  private final TimeSource time;
  private final CodecEngine codec;
  private final PendingCalls calls;
  private final ConnectionBatch batch;
  private final PingWatch pings;
  private final WebSocketConnection wire;
  private final ConnectionTimer.Timeout connectTimeout;
  private long answersWaiting; // in bytes

  /** Is told what happens on a connection, on its event loop. */
  public interface Listener {
    /** The upgrade is complete: the handshake may begin. */
    void onOpen(Connection connection);

    /** A message arrived, which is for the listener to keep. */
    void onMessage(Connection connection, byte[] message);

    /** The connection has ended, or was given up. */
    void onEnd(Connection connection, int code, @Nullable String reason, @Nullable Throwable cause);
  }

  /** Begins to connect. */
  Connection(SocketLoop loop, AGClientOptions options, Listener listener) {
    this.listener = listener;
    this.options = options;
    this.time = loop.time();
    this.codec = options.codecEngine();
    this.calls = new PendingCalls(loop);
    this.batch = new ConnectionBatch(loop.waiting(), options.batchInterval(), codec, this::write);
    this.pings = new PingWatch(loop, time::nanoTime, () -> fail(CloseCode.PING_TIMEOUT));
    this.connectTimeout =
        loop.schedule(options.connectTimeout(), () -> fail(CloseCode.CONNECT_TIMEOUT));
    this.wire = WebSocketConnection.connect(loop.eventLoop(), Targets.of(options), this);
  }

  // --- What the transport tells ---

  @Override
  public void onOpen() {
    connectTimeout.cancel();
    watchPings(options.connectTimeout());
    listener.onOpen(this);
  }

  @Override
  public void onMessage(byte[] message, boolean binary) {
    pings.heard();
    listener.onMessage(this, message);
  }

  @Override
  public void onEnd(int code, @Nullable String reason, @Nullable Throwable cause) {
    listener.onEnd(this, code, reason, cause);
  }

  // --- What is sent ---

  /** Sends an event of the application; {@code onWritten} runs when nothing of it waits. */
  public void send(OutboundEvent event, Runnable onWritten) {
    CompletableFuture<@Nullable Payload> answer = event.answer();
    if (answer == null) {
      send(event.transmit(), OF_APPLICATION, onWritten);
      return;
    }
    long cid = calls.register(event.event(), event.remaining(time), answer);
    try {
      send(event.invoke(cid), OF_APPLICATION, onWritten);
    } catch (RuntimeException e) { // of the codec
      calls.cancel(cid);
      throw e;
    }
  }

  private void send(Packet packet, boolean isOwn, Runnable onWritten) {
    batch.send(codec.encode(packet), isOwn, onWritten);
  }

  private void write(byte[] message, Runnable onWritten) {
    wire.send(message, codec.isBinary(), onWritten);
  }

  /** Calls the server; the answer is waited for as long as the connection lasts. */
  public long invoke(
      String event, @Nullable Payload data, CompletableFuture<@Nullable Payload> answer) {
    long cid = calls.register(event, answer);
    send(EventPacket.invoke(event, data, cid));
    return cid;
  }

  /** Calls the server past any batch. */
  public void invokeNow(
      String event,
      Payload data,
      Duration ackTimeout,
      CompletableFuture<@Nullable Payload> answer) {
    long cid = calls.register(event, ackTimeout, answer);
    Packet packet = EventPacket.invoke(event, data, cid);
    wire.send(codec.encode(packet), codec.isBinary());
  }

  /** Sends what the socket itself depends on. */
  public void send(Packet packet) {
    send(packet, OWN, Connection::nobodyWaits);
  }

  private static void nobodyWaits() {}

  /** Answers a call of the server. */
  public void answer(ResponsePacket response) {
    byte[] message = codec.encode(response);
    answer(message.length, onWritten -> batch.send(message, OWN, onWritten));
  }

  /** Answers a ping. */
  public void pong(byte[] message) {
    answer(message.length, onWritten -> wire.send(message, TEXT, onWritten));
  }

  /** A server that asks and never reads the answers must not fill the memory. */
  private void answer(int size, Consumer<Runnable> send) {
    int kept = size + ANSWER_OVERHEAD;
    answersWaiting += kept;
    send.accept(() -> answersWaiting -= kept);
    if (answersWaiting > 2L * options.outboundBufferLimit()) {
      fail(
          CloseCode.POLICY_VIOLATION,
          null,
          new ResourceLimitError(
              answersWaiting + " bytes of answers wait, as the server does not read them"));
    }
  }

  /** Sends a message as it is, past any batch. */
  public void sendRaw(byte[] message, boolean binary, Runnable onWritten) {
    wire.send(message, binary, onWritten);
  }

  /** Returns when a batch begins, and when it leaves. */
  public OutboundBatch batch() {
    return batch.timing();
  }

  /** The application has dropped the batch. */
  public void batchDropped() {
    batch.dropped();
  }

  // --- Calls ---

  /** The server has answered a call. */
  public void complete(ResponsePacket response) {
    calls.complete(response);
  }

  /** Nobody wants the answer of a call any more. */
  public void cancelCall(long cid) {
    calls.cancel(cid);
  }

  // --- Its clocks and its end ---

  void watchPings(Duration timeout) {
    if (!options.pingTimeoutDisabled()) {
      pings.watch(timeout);
    }
  }

  boolean isStale() {
    return pings.isStale();
  }

  private void fail(int code) {
    fail(code, null, null);
  }

  /** Gives the connection up, for a reason that is found here. */
  public void fail(int code, @Nullable String reason, @Nullable Throwable cause) {
    listener.onEnd(this, code, reason, cause);
    wire.close(code, reason);
  }

  /** The application wants no more of it; what was sent before leaves first. */
  void close(int code, @Nullable String reason) {
    wire.close(code, reason);
  }

  /** Nothing arrives any more: stops the clocks and fails the calls. */
  void abort(ConnectionEnd end) {
    connectTimeout.cancel();
    pings.stop();
    batch.abort();
    calls.abort(end.failureType(), end.code(), end.reason(), end.error());
  }

  /** Returns how many bytes have arrived. Any thread. */
  long bytesReceived() {
    return wire.bytesReceived();
  }
}
