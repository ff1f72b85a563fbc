// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AuthStatus;
import io.socketcluster.client.internal.transport.ClientLoops;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.core.ChannelState;
import io.socketcluster.core.SocketState;
import io.socketcluster.core.connection.ApplicationThreads;
import io.socketcluster.core.connection.PendingCalls;
import io.socketcluster.core.streams.SocketStreams;
import io.socketcluster.core.streams.StreamFamilies;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.DataBinding;
import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.stream.StreamDemux;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** The public face of a socket: hands everything to its parts, on the event loop of the socket. */
public final class DefaultClientSocket implements AGClientSocket, StreamFamilies {
  private static final boolean TEXT = false;
  private static final boolean BINARY = true;

  private final String clientId = UUID.randomUUID().toString();
  private final SocketLoop loop = new SocketLoop(ClientLoops.next());
  private volatile AGClientOptions options; // written on the event loop
  private final ClientParts parts;

  private DefaultClientSocket(AGClientOptions options) {
    this.options = options;
    this.parts = ClientParts.of(this, loop);
  }

  /** Creates a socket, which begins to connect if the options say so. */
  public static AGClientSocket create(AGClientOptions options) {
    DefaultClientSocket socket = new DefaultClientSocket(options);
    if (options.autoConnect()) {
      socket.connect();
    }
    return socket;
  }

  ClientParts parts() {
    return parts;
  }

  // --- The connection ---

  @Override
  public @Nullable String id() {
    return parts.cycle().id();
  }

  @Override
  public String clientId() {
    return clientId;
  }

  @Override
  public AGClientOptions options() {
    return options;
  }

  @Override
  public URI uri() {
    return Targets.uri(options);
  }

  @Override
  public SocketState state() {
    return parts.cycle().state();
  }

  @Override
  public boolean pendingReconnect() {
    return pendingReconnectTimeout() != null;
  }

  @Override
  public @Nullable Duration pendingReconnectTimeout() {
    return parts.cycle().reconnection().delay();
  }

  @Override
  public int connectAttempts() {
    return parts.cycle().reconnection().attempts();
  }

  @Override
  public Duration pingTimeout() {
    return parts.cycle().pingTimeout();
  }

  @Override
  public void connect() {
    loop.await(parts.cycle()::connect);
  }

  @Override
  public void connect(AGClientOptions newOptions) {
    loop.await(
        () -> {
          parts.cycle().disconnect(CloseCode.NORMAL, "The client connects with other options");
          options = newOptions;
          parts.cycle().connect();
        });
  }

  @Override
  public void disconnect(int code, @Nullable String reason) {
    checkCode(code);
    loop.await(() -> parts.cycle().disconnect(code, reason));
  }

  @Override
  public void reconnect(int code, @Nullable String reason) {
    checkCode(code);
    loop.await(
        () -> {
          parts.cycle().disconnect(code, reason);
          parts.cycle().connect();
        });
  }

  private static void checkCode(int code) {
    if (!CloseCode.isApplicable(code)) {
      throw new InvalidArgumentsError("code is " + code + "; allowed: 1000, 3000 to 4999");
    }
  }

  // --- What is sent ---

  @Override
  public DataMapper dataMapper() {
    return options.dataMapper();
  }

  @Override
  public void transmit(String event, @Nullable Object data) {
    parts
        .outbound()
        .accept(
            OutboundEvent.event(event, dataMapper().writeData(data), null, options.ackTimeout()));
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
    return parts.handOver().of(ask(event, data, ackTimeout), binding::bind);
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
    return binding.bind(ApplicationThreads.await(ask(event, data, options.ackTimeout())));
  }

  /** The future is completed on the event loop: not for the application. */
  private CompletableFuture<@Nullable Payload> ask(
      String event, @Nullable Object data, Duration ackTimeout) {
    CompletableFuture<@Nullable Payload> answer = new CompletableFuture<>();
    send(OutboundEvent.event(event, dataMapper().writeData(data), answer, ackTimeout), answer);
    return answer;
  }

  private void send(OutboundEvent event, CompletableFuture<?> answer) {
    try {
      parts.outbound().accept(event);
    } catch (ResourceLimitError e) {
      answer.completeExceptionally(e);
    }
  }

  @Override
  public void send(String message) {
    sendRaw(message.getBytes(UTF_8), TEXT);
  }

  @Override
  public void send(byte[] message) {
    sendRaw(message.clone(), BINARY);
  }

  private void sendRaw(byte[] message, boolean binary) {
    parts.outbound().acceptRaw(message, binary);
  }

  @Override
  public long getOutboundBufferedBytes() {
    return parts.outbound().bufferedBytes();
  }

  @Override
  public long getBytesReceived() {
    return parts.cycle().bytesReceived();
  }

  // --- Batches ---

  @Override
  public void startBatch() {
    loop.run(() -> parts.batching().onBatch(batch -> batch.start()));
  }

  @Override
  public void flushBatch() {
    loop.run(() -> parts.batching().onBatch(batch -> batch.flush()));
  }

  @Override
  public void cancelBatch() {
    loop.run(parts.batching()::cancelBatch);
  }

  @Override
  public void startBatching() {
    loop.await(parts.batching()::startBatching);
  }

  @Override
  public void stopBatching() {
    loop.await(parts.batching()::stopBatching);
  }

  @Override
  public void cancelBatching() {
    loop.await(parts.batching()::cancelBatching);
  }

  @Override
  public boolean isBufferingBatch() {
    return parts.batching().isBuffering();
  }

  @Override
  public boolean isBatching() {
    return parts.batching().isBatching();
  }

  // --- Authentication ---

  @Override
  public AuthState authState() {
    return parts.authentication().login() == null
        ? AuthState.UNAUTHENTICATED
        : AuthState.AUTHENTICATED;
  }

  @Override
  public @Nullable JsonNode authToken() {
    Login login = parts.authentication().login();
    return login == null ? null : login.authToken();
  }

  @Override
  public @Nullable String signedAuthToken() {
    Login login = parts.authentication().login();
    return login == null ? null : login.signedAuthToken();
  }

  @Override
  public CompletableFuture<AuthStatus> authenticate(String signedAuthToken) {
    LoginAttempt attempt = new LoginAttempt(signedAuthToken);
    Authentication authentication = parts.authentication();
    CompletableFuture<@Nullable Payload> answer = new CompletableFuture<>();
    CompletableFuture<AuthStatus> status =
        answer.handle((data, failure) -> authentication.authenticated(attempt, data, failure));
    OutboundEvent event =
        OutboundEvent.event(
                ReservedEvents.AUTHENTICATE,
                Payload.of(signedAuthToken),
                answer,
                options.ackTimeout())
            .whenSent(() -> authentication.sent(attempt));
    try {
      parts.outbound().accept(event);
    } catch (ResourceLimitError e) { // which says nothing about the token
      return CompletableFuture.failedFuture(e);
    }
    return parts.handOver().of(status, Function.identity());
  }

  @Override
  public CompletableFuture<Void> deauthenticate() {
    CompletableFuture<Void> removed = new CompletableFuture<>();
    loop.await(
        () ->
            parts
                .authentication()
                .deauthenticate()
                .whenComplete(
                    (done, failure) -> {
                      if (failure == null) {
                        removed.complete(null);
                      } else {
                        removed.completeExceptionally(failure);
                      }
                    }));
    return parts.handOver().of(removed, Function.identity());
  }

  // --- Channels ---

  @Override
  public <T> AGChannel<T> subscribe(
      String channelName, ChannelOptions channelOptions, Class<T> type) {
    AGChannel<T> channel = channel(channelName, type);
    Payload data =
        dataMapper().writeData(channelOptions.data()); // here, where a failure is the caller's
    loop.await(() -> parts.channels().subscribe(channelName, channelOptions, data));
    return channel;
  }

  @Override
  public void reportMisfit(String channelName, InvalidArgumentsError misfit) {
    parts.events().error(misfit);
  }

  @Override
  public void unsubscribe(String channelName) {
    loop.await(() -> parts.channels().unsubscribe(channelName));
  }

  @Override
  public void processPendingSubscriptions() {
    loop.await(parts.channels()::processPending);
  }

  @Override
  public void transmitPublish(String channelName, @Nullable Object data) {
    parts
        .outbound()
        .accept(
            OutboundEvent.publish(
                parts.channels().decorated(channelName),
                dataMapper().writeData(data),
                null,
                options.ackTimeout()));
  }

  @Override
  public CompletableFuture<Void> invokePublish(String channelName, @Nullable Object data) {
    CompletableFuture<@Nullable Payload> answer = new CompletableFuture<>();
    send(
        OutboundEvent.publish(
            parts.channels().decorated(channelName),
            dataMapper().writeData(data),
            answer,
            options.ackTimeout()),
        answer);
    return parts
        .handOver()
        .<@Nullable Payload, @Nullable Payload>of(answer, taken -> taken)
        .thenRun(() -> {});
  }

  @Override
  public ChannelState getChannelState(String channelName) {
    return parts.channels().state(channelName);
  }

  @Override
  public ChannelOptions getChannelOptions(String channelName) {
    return parts.channels().options(channelName);
  }

  @Override
  public Set<String> subscriptions(boolean includePending) {
    return parts.channels().names(includePending);
  }

  // --- Streams ---

  @Override
  public SocketStreams streams() {
    return parts.streams();
  }

  @Override
  public StreamDemux<Payload> channelDataDemux() {
    return parts.streams().channelData();
  }

  @Override
  public StreamDemux<Object> channelEventDemux() {
    return parts.streams().channelEvents();
  }

  @Override
  public String toString() {
    return "AGClientSocket[" + uri().getAuthority() + ", " + state().value() + "]";
  }
}
