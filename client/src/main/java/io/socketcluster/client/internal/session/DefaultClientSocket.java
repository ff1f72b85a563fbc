// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AuthStatus;
import io.socketcluster.client.internal.connection.Targets;
import io.socketcluster.client.internal.loop.SocketLoop;
import io.socketcluster.client.internal.tokens.Login;
import io.socketcluster.client.internal.transport.ClientLoops;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.AuthState;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.core.ChannelState;
import io.socketcluster.core.SocketState;
import io.socketcluster.core.streams.SocketStreams;
import io.socketcluster.core.streams.StreamFamilies;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.stream.StreamDemux;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** The public face of a socket: hands everything to the parts of its session, on its event loop. */
public final class DefaultClientSocket implements AGClientSocket, StreamFamilies {
  private static final boolean TEXT = false;
  private static final boolean BINARY = true;

  private final String clientId = UUID.randomUUID().toString();
  private final SocketLoop loop;
  private volatile AGClientOptions options; // written on the event loop
  private final ClientSession session;

  private DefaultClientSocket(AGClientOptions options) {
    this.options = options;
    this.loop = new SocketLoop(ClientLoops.next(), options.timeSource());
    this.session = new ClientSession(this, loop, this::options);
  }

  /** Creates a socket, which begins to connect if the options say so. */
  public static AGClientSocket create(AGClientOptions options) {
    DefaultClientSocket socket = new DefaultClientSocket(options);
    if (options.autoConnect()) {
      socket.connect();
    }
    return socket;
  }

  // --- The connection ---

  @Override
  public @Nullable String id() {
    return session.current.id();
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
    return session.current.state();
  }

  @Override
  public boolean pendingReconnect() {
    return pendingReconnectTimeout() != null;
  }

  @Override
  public @Nullable Duration pendingReconnectTimeout() {
    return session.cycle.delayOfAttempt();
  }

  @Override
  public int connectAttempts() {
    return session.cycle.attempts();
  }

  @Override
  public Duration pingTimeout() {
    return session.current.pingTimeout();
  }

  @Override
  public void connect() {
    loop.await(session.cycle::connect);
  }

  @Override
  public void connect(AGClientOptions newOptions) {
    loop.await(
        () -> {
          session.cycle.disconnect(CloseCode.NORMAL, "The client connects with other options");
          options = newOptions;
          session.cycle.connect();
        });
  }

  @Override
  public void disconnect(int code, @Nullable String reason) {
    checkCode(code);
    loop.await(() -> session.cycle.disconnect(code, reason));
  }

  @Override
  public void reconnect(int code, @Nullable String reason) {
    checkCode(code);
    loop.await(
        () -> {
          session.cycle.disconnect(code, reason);
          session.cycle.connect();
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
    session.calls.transmit(event, data);
  }

  @Override
  public <T> CompletableFuture<T> invoke(
      String event, @Nullable Object data, Class<T> type, Duration ackTimeout) {
    return session.calls.invoke(event, data, dataMapper().binding(type), ackTimeout);
  }

  @Override
  public <T> CompletableFuture<T> invoke(
      String event, @Nullable Object data, TypeReference<T> type, Duration ackTimeout) {
    return session.calls.invoke(event, data, dataMapper().binding(type), ackTimeout);
  }

  @Override
  public <T> T call(String event, @Nullable Object data, Class<T> type)
      throws InterruptedException {
    return session.calls.call(event, data, dataMapper().binding(type));
  }

  @Override
  public <T> T call(String event, @Nullable Object data, TypeReference<T> type)
      throws InterruptedException {
    return session.calls.call(event, data, dataMapper().binding(type));
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
    session.outbound.acceptRaw(message, binary);
  }

  @Override
  public long getOutboundBufferedBytes() {
    return session.outboundBytes.waiting();
  }

  @Override
  public long getBytesReceived() {
    return session.current.bytesReceived();
  }

  // --- Batches ---

  @Override
  public void startBatch() {
    loop.run(() -> session.batching.onBatch(batch -> batch.start()));
  }

  @Override
  public void flushBatch() {
    loop.run(() -> session.batching.onBatch(batch -> batch.flush()));
  }

  @Override
  public void cancelBatch() {
    loop.run(session.batching::cancelBatch);
  }

  @Override
  public void startBatching() {
    loop.await(session.batching::startBatching);
  }

  @Override
  public void stopBatching() {
    loop.await(session.batching::stopBatching);
  }

  @Override
  public void cancelBatching() {
    loop.await(session.batching::cancelBatching);
  }

  @Override
  public boolean isBufferingBatch() {
    return session.batching.isBuffering();
  }

  @Override
  public boolean isBatching() {
    return session.batching.isBatching();
  }

  // --- Authentication ---

  @Override
  public AuthState authState() {
    return session.login.isPresent() ? AuthState.AUTHENTICATED : AuthState.UNAUTHENTICATED;
  }

  @Override
  public @Nullable JsonNode authToken() {
    Login login = session.login.get();
    return login == null ? null : login.authToken();
  }

  @Override
  public @Nullable String signedAuthToken() {
    Login login = session.login.get();
    return login == null ? null : login.signedAuthToken();
  }

  @Override
  public CompletableFuture<AuthStatus> authenticate(String signedAuthToken) {
    return session.loginRequests.authenticate(signedAuthToken);
  }

  @Override
  public CompletableFuture<Void> deauthenticate() {
    return session.loginRequests.deauthenticate();
  }

  // --- Channels ---

  @Override
  public <T> AGChannel<T> subscribe(
      String channelName, ChannelOptions channelOptions, Class<T> type) {
    AGChannel<T> channel = channel(channelName, type);
    Payload data =
        dataMapper().writeData(channelOptions.data()); // here, where a failure is the caller's
    loop.await(() -> session.channels.subscribe(channelName, channelOptions, data));
    return channel;
  }

  @Override
  public void reportMisfit(String channelName, InvalidArgumentsError misfit) {
    session.events.error(misfit);
  }

  @Override
  public void unsubscribe(String channelName) {
    loop.await(() -> session.channels.unsubscribe(channelName));
  }

  @Override
  public void processPendingSubscriptions() {
    loop.await(session.channels::processPending);
  }

  @Override
  public void transmitPublish(String channelName, @Nullable Object data) {
    session.calls.transmitPublish(channelName, data);
  }

  @Override
  public CompletableFuture<Void> invokePublish(String channelName, @Nullable Object data) {
    return session.calls.invokePublish(channelName, data);
  }

  @Override
  public ChannelState getChannelState(String channelName) {
    return session.channels.state(channelName);
  }

  @Override
  public ChannelOptions getChannelOptions(String channelName) {
    return session.channels.options(channelName);
  }

  @Override
  public Set<String> subscriptions(boolean includePending) {
    return session.channels.names(includePending);
  }

  // --- Streams ---

  @Override
  public SocketStreams streams() {
    return session.streams;
  }

  @Override
  public StreamDemux<Payload> channelDataDemux() {
    return session.streams.channelData();
  }

  @Override
  public StreamDemux<Object> channelEventDemux() {
    return session.streams.channelEvents();
  }

  @Override
  public String toString() {
    return "AGClientSocket[" + uri().getAuthority() + ", " + state().value() + "]";
  }
}
