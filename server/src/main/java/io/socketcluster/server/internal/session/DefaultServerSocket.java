// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.core.AuthState;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.SocketState;
import io.socketcluster.core.connection.ApplicationThreads;
import io.socketcluster.core.connection.OutboundBatch;
import io.socketcluster.core.connection.PendingCalls;
import io.socketcluster.core.streams.SocketStreams;
import io.socketcluster.core.streams.StreamFamilies;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.DataBinding;
import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.AuthTokenOptions;
import io.socketcluster.server.DeauthenticateOptions;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.internal.loop.InlineCall;
import io.socketcluster.server.internal.loop.LoopTasks;
import io.socketcluster.server.internal.middleware.ActionLine;
import io.socketcluster.server.internal.rules.ChannelPattern;
import io.socketcluster.server.internal.tokens.RevokedTokens;
import io.socketcluster.server.internal.turn.Steps;
import io.socketcluster.server.internal.wire.Wire;
import io.socketcluster.server.internal.wire.WireListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** A server socket as the application and the server see it; its session does the work. */
public final class DefaultServerSocket implements AGServerSocket, StreamFamilies {
  private final String id = SocketIds.next();
  private final SocketHost host;
  private final UpgradeRequest request;
  private final AGEndpoint endpoint;
  public final SocketSession session;

  /**
   * Makes the socket of a connection.
   *
   * @param handshake the line that was asked about the upgrade, or null when none was
   */
  public DefaultServerSocket(
      SocketHost host,
      ServerLoop loop,
      Wire connection,
      UpgradeRequest request,
      AGEndpoint endpoint,
      @Nullable ActionLine handshake) {
    this.host = host;
    this.request = request;
    this.endpoint = endpoint;
    session = new SocketSession(this, host, loop, connection, handshake);
  }

  /** Registers the socket with its loop and its server, and begins to wait for its handshake. */
  public void begin() {
    session.begin();
  }

  /** Ends the middleware of a line that was removed. Any thread. */
  public void removed(MiddlewareLine line) {
    run(() -> session.removed(line));
  }

  /** Returns the side of the socket that hears from the wire. */
  public WireListener wire() {
    return session;
  }

  /** Takes a token away that is revoked; returns whether it was. Not on an event loop. */
  public boolean endIfRevoked(RevokedTokens revoked) {
    AtomicBoolean isTaken = new AtomicBoolean();
    if (revoked.contain(session.tokens.current())) {
      await(
          () -> {
            isTaken.set(revoked.contain(session.tokens.current())); // or it is another by now
            if (isTaken.get()) {
              session.tokens.end();
            }
          });
    }
    return isTaken.get();
  }

  /** Runs a task on the event loop. */
  private void run(Runnable task) {
    LoopTasks.run(session.eventLoop(), task);
  }

  /** Runs a task on the event loop, and returns when that is done. */
  private void await(Runnable task) {
    LoopTasks.await(session.eventLoop(), task);
  }

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
    return session.heartbeat.version().version();
  }

  @Override
  public SocketState state() {
    return session.state();
  }

  @Override
  public DataMapper dataMapper() {
    return host.options().dataMapper();
  }

  @Override
  public SocketStreams streams() {
    return session.streams;
  }

  @Override
  public AuthState authState() {
    return session.tokens.current().state();
  }

  @Override
  public @Nullable JsonNode authToken() {
    return session.tokens.current().claims();
  }

  @Override
  public @Nullable String signedAuthToken() {
    return session.tokens.current().signed();
  }

  @Override
  public void transmit(String event, @Nullable Object data) {
    session.outbound.transmit(event, dataMapper().writeData(data));
  }

  @Override
  public void send(String message) {
    session.outbound.sendRaw(message.getBytes(UTF_8), false);
  }

  @Override
  public void send(byte[] message) {
    session.outbound.sendRaw(message.clone(), true);
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
    run(
        () -> {
          if (!session.isClosed()) {
            action.accept(session.writer.batch());
          }
        });
  }

  @Override
  public boolean isBufferingBatch() {
    return session.writer.isBufferingBatch();
  }

  @Override
  public boolean isBatching() {
    return session.writer.isBatching();
  }

  @Override
  public <T> CompletableFuture<T> invoke(
      String event, @Nullable Object data, Class<T> type, Duration ackTimeout) {
    return invoke(event, data, dataMapper().binding(type), ackTimeout);
  }

  @Override
  public <T> CompletableFuture<T> invoke(
      String event, @Nullable Object data, TypeReference<T> type, Duration ackTimeout) {
    return invoke(event, data, dataMapper().binding(type), ackTimeout);
  }

  private <T> CompletableFuture<T> invoke(
      String event, @Nullable Object data, DataBinding<T> binding, Duration ackTimeout) {
    PendingCalls.checkAckTimeout(ackTimeout);
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
    return call(event, data, dataMapper().binding(type));
  }

  @Override
  public <T> T call(String event, @Nullable Object data, TypeReference<T> type)
      throws InterruptedException {
    return call(event, data, dataMapper().binding(type));
  }

  private <T> T call(String event, @Nullable Object data, DataBinding<T> binding)
      throws InterruptedException {
    InlineCall.refuseToWait();
    return binding.bind(ApplicationThreads.await(ask(event, data, ackTimeout())));
  }

  /** The future is completed on the event loop: not for the application. */
  private CompletableFuture<@Nullable Payload> ask(
      String event, @Nullable Object data, Duration ackTimeout) {
    CompletableFuture<@Nullable Payload> answer =
        session.outbound.invoke(event, dataMapper().writeData(data), ackTimeout);
    ServerObserver observer = session.events.observer();
    if (!observer.equals(ServerObserver.NONE)) {
      long begin = System.nanoTime();
      answer.whenComplete(
          (result, failure) ->
              observer.invokeCompleted(this, event, System.nanoTime() - begin, failure != null));
    }
    return answer;
  }

  @Override
  public CompletableFuture<Void> setAuthToken(Object authToken, AuthTokenOptions options) {
    return session.tokenDelivery().setAuthToken(authToken, options);
  }

  @Override
  public CompletableFuture<Void> deauthenticate(DeauthenticateOptions options) {
    if (options.rejectOnFailedDelivery()) {
      return session.tokenDelivery().removeAuthToken();
    }
    await(
        () -> {
          session.tokens.remove();
          session.tokens.send();
        });
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void deauthenticateSelf() {
    await(session.tokens::remove);
  }

  @Override
  public void kickOut(String channel, @Nullable String message) {
    kickOut(List.of(channel), message);
  }

  @Override
  public void kickOut(@Nullable String message) {
    List<String> names = new ArrayList<>();
    await(() -> names.addAll(session.dispatcher().channels().refuseForKickOut()));
    kickOutOf(names, message);
  }

  @Override
  public void kickOut(Collection<String> channels, @Nullable String message) {
    kickOutOf(List.copyOf(channels), message);
  }

  /** Lets the event loop do other things in between. */
  private void kickOutOf(List<String> channels, @Nullable String message) {
    for (int from = 0; from < channels.size(); from += Steps.SHARE) {
      List<String> share = channels.subList(from, Math.min(from + Steps.SHARE, channels.size()));
      await(
          () ->
              share.forEach(channel -> session.dispatcher().channels().kickOut(channel, message)));
    }
  }

  @Override
  public void recheck(String pattern) {
    ChannelPattern which = ChannelPattern.of(pattern);
    run(() -> session.newRecheck().begin(which));
  }

  @Override
  public Set<String> subscriptions() {
    return new LinkedHashSet<>(session.channels.names());
  }

  @Override
  public boolean isSubscribed(String channel) {
    return session.channels.contains(channel);
  }

  @Override
  public void disconnect(int code, @Nullable String reason) {
    if (!CloseCode.isApplicable(code)) {
      throw new InvalidArgumentsError(
          "code is " + code + "; allowed: 1000 or 3000 to 4999 (RFC 6455, 7.4.2)");
    }
    run(
        () -> {
          session.dispatcher().closing().announce(code, reason);
          session.close(code, reason);
        });
  }

  /**
   * Closes the socket because the server closes, once nothing that it has accepted is left to do.
   * Any thread.
   */
  public void leave() {
    run(() -> session.drain().begin());
  }

  /** Closes the socket because the server closes, whatever is left to do. Any thread. */
  public void leaveNow() {
    run(() -> session.drain().close());
  }

  @Override
  public void terminate() {
    run(session::terminate);
  }

  @Override
  public void emitError(Throwable error) {
    session.events.failed("An error of a socket was emitted", error);
  }

  @Override
  public long getBytesReceived() {
    return session.arrivals.bytesReceived();
  }

  @Override
  public int getInboundBackpressure() {
    return session.order.backlog();
  }

  @Override
  public int getOutboundBackpressure() {
    return session.writer.pendingMessages();
  }

  @Override
  public long getOutboundBufferedBytes() {
    return session.writer.pendingBytes();
  }
}
