// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.internal.transport.ConnectionListener;
import io.socketcluster.client.internal.transport.WebSocketConnection;
import io.socketcluster.core.connection.ConnectionTimer;
import io.socketcluster.core.connection.OutboundBatch;
import io.socketcluster.core.connection.PendingCalls;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.errors.ResourceLimitError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One connection: its messages, the calls that wait for an answer on it, its batch and its clocks.
 * When it has ended nothing of it is left, and the next one begins anew. Event loop only.
 */
final class Connection implements ConnectionListener {
  private static final boolean OWN = true;
  private static final boolean OF_APPLICATION = false;
  private static final boolean TEXT = false;

  private final DefaultClientSocket socket;
  private final AGClientOptions options;
  private final CodecEngine codec;
  private final PendingCalls calls;
  private final OutboundBatch batch;
  private final List<Batched> inBatch = new ArrayList<>();
  private final PingWatch pings;
  private final WebSocketConnection wire;
  private final ConnectionTimer.Timeout connectTimeout;

  /**
   * A message in the batch.
   *
   * @param isOwn the socket itself depends on it: it is sent also when the batch is dropped
   * @param onGone runs when nothing of it waits
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Batched(byte[] message, boolean isOwn, Runnable onGone) {}

  /** Begins to connect. */
  Connection(DefaultClientSocket socket, SocketLoop loop, AGClientOptions options) {
    this.socket = socket;
    this.options = options;
    this.codec = options.codecEngine();
    this.calls = new PendingCalls(loop);
    this.batch = new OutboundBatch(loop, options.batchInterval(), this::sendBatch);
    this.pings = new PingWatch(loop, System::nanoTime, () -> fail(CloseCode.PING_TIMEOUT));
    this.connectTimeout =
        loop.schedule(options.connectTimeout(), () -> fail(CloseCode.CONNECT_TIMEOUT));
    this.wire = WebSocketConnection.connect(loop.eventLoop(), Targets.of(options), this);
  }

  // --- What the transport tells ---

  @Override
  public void onOpen() {
    connectTimeout.cancel();
    watchPings(options.connectTimeout());
    new Handshake(socket, this, options).begin();
  }

  @Override
  public void onMessage(byte[] message, boolean binary) {
    pings.heard();
    socket.parts().inbound().onMessage(this, message);
  }

  @Override
  public void onEnd(int code, @Nullable String reason, @Nullable Throwable cause) {
    socket.parts().cycle().ended(this, code, reason, cause);
  }

  // --- What is sent ---

  /** Sends an event of the application; {@code onWritten} runs when nothing of it waits. */
  void send(OutboundEvent event, Runnable onWritten) {
    CompletableFuture<@Nullable Payload> answer = event.answer();
    if (answer == null) {
      send(event.transmit(), OF_APPLICATION, onWritten);
      return;
    }
    long cid = calls.register(event.event(), event.remaining(), answer);
    try {
      send(event.invoke(cid), OF_APPLICATION, onWritten);
    } catch (RuntimeException e) { // of the codec
      calls.cancel(cid);
      throw e;
    }
  }

  private void send(Packet packet, boolean isOwn, Runnable onWritten) {
    byte[] message = codec.encode(packet);
    if (batch.isBuffering()) {
      inBatch.add(new Batched(message, isOwn, onWritten)); // first: the batch may be sent at once
      batch.add(message);
    } else {
      wire.send(message, codec.isBinary(), onWritten);
    }
  }

  /** Calls the server; the answer is waited for as long as the connection lasts. */
  long invoke(String event, @Nullable Payload data, CompletableFuture<@Nullable Payload> answer) {
    long cid = calls.register(event, answer);
    send(EventPacket.invoke(event, data, cid));
    return cid;
  }

  /** Calls the server past any batch. */
  void invokeNow(
      String event,
      Payload data,
      Duration ackTimeout,
      CompletableFuture<@Nullable Payload> answer) {
    long cid = calls.register(event, ackTimeout, answer);
    Packet packet = EventPacket.invoke(event, data, cid);
    wire.send(codec.encode(packet), codec.isBinary());
  }

  /** Sends what the socket itself depends on. */
  void send(Packet packet) {
    send(packet, OWN, Connection::nobodyWaits);
  }

  private static void nobodyWaits() {}

  /** Answers a call of the server. */
  void answer(ResponsePacket response) {
    send(response);
    boundAnswers();
  }

  /** Answers a ping. */
  void pong(byte[] message) {
    wire.send(message, TEXT);
    boundAnswers();
  }

  /** A server that asks and never reads the answers must not fill the memory. */
  private void boundAnswers() {
    long waiting = wire.bytesWaiting();
    if (waiting > 2L * options.outboundBufferLimit()) {
      fail(
          CloseCode.POLICY_VIOLATION,
          null,
          new ResourceLimitError(waiting + " bytes wait, as the server does not read them"));
    }
  }

  /** Sends a message as it is, past any batch. */
  void sendRaw(byte[] message, boolean binary, Runnable onWritten) {
    wire.send(message, binary, onWritten);
  }

  private void sendBatch(List<byte[]> messages) {
    List<Batched> sent = takeInBatch();
    wire.send(
        codec.join(messages),
        codec.isBinary(),
        () -> sent.forEach(message -> message.onGone().run()));
  }

  /** The application has dropped the batch: what is the socket's own is sent all the same. */
  void dropped() {
    for (Batched dropped : takeInBatch()) {
      if (dropped.isOwn()) {
        wire.send(dropped.message(), codec.isBinary(), dropped.onGone());
      } else {
        dropped.onGone().run();
      }
    }
  }

  private List<Batched> takeInBatch() {
    List<Batched> taken = List.copyOf(inBatch);
    inBatch.clear();
    return taken;
  }

  OutboundBatch batch() {
    return batch;
  }

  // --- Calls ---

  void complete(ResponsePacket response) {
    calls.complete(response);
  }

  void cancelCall(long cid) {
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
  void fail(int code, @Nullable String reason, @Nullable Throwable cause) {
    socket.parts().cycle().ended(this, code, reason, cause);
    wire.close(code, reason);
  }

  /** The application wants no more of it; what was sent before leaves first. */
  void close(int code, @Nullable String reason) {
    wire.close(code, reason);
  }

  /** Nothing arrives any more: stops the clocks and fails the calls. */
  void abort(String failureType, int code, @Nullable String reason) {
    connectTimeout.cancel();
    pings.stop();
    batch.cancelBatching();
    takeInBatch().forEach(lost -> lost.onGone().run());
    calls.abort(failureType, code, reason);
  }

  /** Returns how many bytes have arrived. Any thread. */
  long bytesReceived() {
    return wire.bytesReceived();
  }
}
