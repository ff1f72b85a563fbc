// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.core.ApplicationThreads;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.InboundCall;
import io.socketcluster.core.InboundMessage;
import io.socketcluster.core.OutboundBatch;
import io.socketcluster.core.PendingCalls;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.DataBinding;
import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.AuthTokenOptions;
import io.socketcluster.server.DeauthenticateOptions;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.ProtocolVersion;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.middleware.ActionLine;
import io.socketcluster.server.internal.transport.WireConnection;
import io.socketcluster.server.internal.transport.WireListener;
import io.socketcluster.stream.StreamDemux;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server socket, composed of its parts. What is not public is for the event loop only. */
public final class DefaultServerSocket implements AGServerSocket {
  /** The place in the sweep of a socket that is not in it. */
  static final int NOT_SWEPT = -1;

  private final String id = SocketIds.next();
  private final SocketHost host;
  private final ServerLoop loop;
  private final WireConnection connection;
  private final UpgradeRequest request;
  private final AGEndpoint endpoint;
  private final SocketParts parts;
  private int sweepIndex = NOT_SWEPT;

  /**
   * Makes the socket of a connection and begins to wait for its handshake.
   *
   * @param handshake the line that was asked about the upgrade, or null when none was
   */
  public DefaultServerSocket(
      SocketHost host,
      ServerLoop loop,
      WireConnection connection,
      UpgradeRequest request,
      AGEndpoint endpoint,
      @Nullable ActionLine handshake) {
    this.host = host;
    this.loop = loop;
    this.connection = connection;
    this.request = request;
    this.endpoint = endpoint;
    parts = new SocketParts(this, handshake);
  }

  /** Registers the socket with its loop and its server. */
  public void begin() {
    loop.sweep().add(this);
    host.onPending(this);
    parts.account().keepsRequest();
  }

  /** Ends the middleware of a line that was removed. Any thread. */
  public void removed(MiddlewareLine line) {
    LoopTasks.run(
        loop.eventLoop(),
        () -> {
          if (line == MiddlewareLine.OUTBOUND) {
            parts.writer().middlewareRemoved();
          } else {
            parts.middleware().removed(line);
          }
        });
  }

  /** Returns the side of the socket that hears from the wire. */
  public WireListener wire() {
    return parts.inbound();
  }

  SocketParts parts() {
    return parts;
  }

  SocketHost host() {
    return host;
  }

  ServerLoop loop() {
    return loop;
  }

  WireConnection connection() {
    return connection;
  }

  /** Something of the socket depends on time from now on: the next sweep looks at it. */
  void sweepSoon() {
    loop.sweep().lookAt(this);
  }

  int sweepIndex() {
    return sweepIndex;
  }

  void sweepIndex(int index) {
    sweepIndex = index;
  }

  // The application above.

  @Override
  public String id() {
    return id;
  }

  @Override
  public AGServer server() {
    return host.server();
  }

  @Override
  public UpgradeRequest request() {
    return request;
  }

  @Override
  public AGEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public ProtocolVersion protocolVersion() {
    return parts.version().version();
  }

  @Override
  public SocketState state() {
    return parts.lifecycle().state();
  }

  @Override
  public DataMapper dataMapper() {
    return host.options().dataMapper();
  }

  @Override
  public StreamDemux<Object> listenerDemux() {
    return parts.streams().listeners();
  }

  @Override
  public StreamDemux<InboundMessage> receiverDemux() {
    return parts.streams().receivers();
  }

  @Override
  public StreamDemux<InboundCall> procedureDemux() {
    return parts.streams().procedures();
  }

  @Override
  public AuthState authState() {
    return parts.authentication().current().state();
  }

  @Override
  public @Nullable JsonNode authToken() {
    return parts.authentication().current().claims();
  }

  @Override
  public @Nullable String signedAuthToken() {
    return parts.authentication().current().signed();
  }

  @Override
  public void transmit(String event, @Nullable Object data) {
    parts.outbound().transmit(event, dataMapper().writeData(data));
  }

  @Override
  public void send(String message) {
    parts.outbound().sendRaw(message.getBytes(UTF_8), false);
  }

  @Override
  public void send(byte[] message) {
    parts.outbound().sendRaw(message.clone(), true);
  }

  @Override
  public void startBatch() {
    onBatch(OutboundBatch::start);
  }

  @Override
  public void flushBatch() {
    onBatch(OutboundBatch::flush);
  }

  @Override
  public void cancelBatch() {
    onBatch(OutboundBatch::cancel);
  }

  @Override
  public void startBatching() {
    onBatch(OutboundBatch::startBatching);
  }

  @Override
  public void stopBatching() {
    onBatch(OutboundBatch::stopBatching);
  }

  @Override
  public void cancelBatching() {
    onBatch(OutboundBatch::cancelBatching);
  }

  private void onBatch(Consumer<OutboundBatch> action) {
    LoopTasks.run(
        loop.eventLoop(),
        () -> {
          if (state() != SocketState.CLOSED) {
            action.accept(parts.writer().batch());
          }
        });
  }

  @Override
  public boolean isBufferingBatch() {
    return parts.writer().isBufferingBatch();
  }

  @Override
  public boolean isBatching() {
    return parts.writer().isBatching();
  }

  @Override
  public <T> CompletableFuture<T> invoke(
      String event, @Nullable Object data, Class<T> type, Duration ackTimeout) {
    PendingCalls.checkAckTimeout(ackTimeout);
    DataBinding<T> binding = dataMapper().binding(type);
    return ask(event, data, ackTimeout)
        .handleAsync(
            (answer, failure) -> {
              if (failure instanceof AGException error) {
                throw error;
              }
              return binding.bind(answer);
            },
            ApplicationThreads.EXECUTOR);
  }

  @Override
  public <T> T call(String event, @Nullable Object data, Class<T> type)
      throws InterruptedException {
    DataBinding<T> binding = dataMapper().binding(type);
    return binding.bind(ApplicationThreads.await(ask(event, data, ackTimeout())));
  }

  /** The future is completed on the event loop: not for the application. */
  private CompletableFuture<@Nullable Payload> ask(
      String event, @Nullable Object data, Duration ackTimeout) {
    return parts.outbound().invoke(event, dataMapper().writeData(data), ackTimeout);
  }

  @Override
  public CompletableFuture<Void> setAuthToken(Object authToken, AuthTokenOptions options) {
    return parts.tokenDelivery().setAuthToken(authToken, options);
  }

  @Override
  public CompletableFuture<Void> deauthenticate(DeauthenticateOptions options) {
    if (options.rejectOnFailedDelivery()) {
      return parts.tokenDelivery().removeAuthToken();
    }
    LoopTasks.await(
        loop.eventLoop(),
        () -> {
          parts.authentication().decidedByApplication();
          parts.authActions().deauthenticate();
        });
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void deauthenticateSelf() {
    LoopTasks.await(
        loop.eventLoop(),
        () -> {
          parts.authentication().decidedByApplication();
          parts.authentication().deauthenticate();
        });
  }

  @Override
  public void kickOut(String channel, @Nullable String message) {
    kickOut(List.of(channel), message);
  }

  @Override
  public void kickOut(@Nullable String message) {
    LoopTasks.await(
        loop.eventLoop(),
        () -> {
          parts.channels().kickOutOfAll();
          parts.subscriptions().names().forEach(channel -> kickOutNow(channel, message));
          parts.grants().restingNames().forEach(channel -> kickOutNow(channel, message));
        });
  }

  @Override
  public void kickOut(Collection<String> channels, @Nullable String message) {
    List<String> names = List.copyOf(channels);
    LoopTasks.await(
        loop.eventLoop(),
        () -> {
          names.forEach(parts.channels()::kickOut);
          names.forEach(channel -> kickOutNow(channel, message));
        });
  }

  void kickOutNow(String channel, @Nullable String message) {
    loop.mailbox().deliverPending(); // it is still sent what was published before
    if (parts.grants().forget(channel) || parts.subscriptions().contains(channel)) {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("channel", channel);
      if (message != null) {
        data.put("message", message);
      }
      parts.outbound().transmit(ReservedEvents.KICK_OUT, Payload.of(data));
      parts.subscriptions().discard(channel);
    }
  }

  @Override
  public Set<String> subscriptions() {
    return new LinkedHashSet<>(parts.subscriptions().names());
  }

  @Override
  public boolean isSubscribed(String channel) {
    return parts.subscriptions().contains(channel);
  }

  @Override
  public void disconnect(int code, @Nullable String reason) {
    if (!CloseCode.isApplicable(code)) {
      throw new InvalidArgumentsError(
          "code is " + code + "; allowed: 1000 or 3000 to 4999 (RFC 6455, 7.4.2)");
    }
    LoopTasks.run(
        loop.eventLoop(),
        () -> {
          parts.closing().announce(code, reason);
          parts.lifecycle().close(code, reason);
        });
  }

  /** Closes with any code. Any thread. */
  void disconnectNow(int code, @Nullable String reason) {
    LoopTasks.run(loop.eventLoop(), () -> parts.lifecycle().close(code, reason));
  }

  /**
   * Closes the socket because the server closes, once nothing that it has accepted is left to do.
   * Any thread.
   */
  public void leave() {
    LoopTasks.run(loop.eventLoop(), () -> parts.drain().begin());
  }

  /** Closes the socket because the server closes, whatever is left to do. Any thread. */
  public void leaveNow() {
    LoopTasks.run(loop.eventLoop(), () -> parts.drain().close());
  }

  @Override
  public void terminate() {
    LoopTasks.run(
        loop.eventLoop(),
        () -> {
          connection.terminate();
          parts.lifecycle().finish(CloseCode.HUNG_UP, null);
        });
  }

  @Override
  public void emitError(Throwable error) {
    parts.events().failed("An error of a socket was emitted", error);
  }

  @Override
  public long getBytesReceived() {
    return parts.inbound().bytesReceived();
  }

  @Override
  public int getInboundBackpressure() {
    return parts.inbound().order().backlog();
  }

  @Override
  public int getOutboundBackpressure() {
    return parts.writer().pendingMessages();
  }

  @Override
  public long getOutboundBufferedBytes() {
    return parts.writer().pendingBytes();
  }
}
