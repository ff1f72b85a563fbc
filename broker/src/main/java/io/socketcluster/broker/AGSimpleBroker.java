// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.stream.StreamDemux;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The broker that is built in: it serves one server process, and is ready until it is closed.
 * Thread-safe.
 */
public final class AGSimpleBroker implements AGBrokerEngine {
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final StreamDemux<Object> listeners = new StreamDemux<>(new BrokerFailures(this));
  private final LocalChannels channels = new LocalChannels(new Uses(), this::failed);
  private final AGExchange exchange = AGExchange.of(this);
  private final @Nullable String ownServersChannel; // null: the clients are no servers
  private volatile boolean closed; // set once; looked at by every thread that publishes

  private final class Uses implements LocalChannels.Listener {
    @Override
    public void used(String channel) {
      emit(BrokerEvent.SUBSCRIBE, new BrokerEvent.Subscribe(channel));
    }

    @Override
    public void unused(String channel) {
      emit(BrokerEvent.UNSUBSCRIBE, new BrokerEvent.Unsubscribe(channel));
    }
  }

  /** Creates a broker without channels. */
  public AGSimpleBroker() {
    this(null);
  }

  private AGSimpleBroker(@Nullable String ownServersChannel) {
    this.ownServersChannel = ownServersChannel;
  }

  /**
   * Creates the broker of a server whose clients are servers, which it joins to a cluster: they use
   * the channel of servers as any other. Let in only clients that show a secret.
   */
  public static AGSimpleBroker forServers() {
    return new AGSimpleBroker(SERVERS_CHANNEL + "/" + UUID.randomUUID());
  }

  @Override
  public String serversChannel() {
    return ownServersChannel == null ? SERVERS_CHANNEL : ownServersChannel;
  }

  @Override
  public boolean isForClients(String channel) {
    return ownServersChannel == null
        ? !AGBrokerEngine.isOfServers(channel)
        : !channel.equals(ownServersChannel);
  }

  private void failed(Throwable failure) {
    emit(BrokerEvent.ERROR, new BrokerEvent.Failure(failure));
  }

  @Override
  public StreamDemux<Object> listenerDemux() {
    return listeners;
  }

  @Override
  public boolean isReady() {
    return !closed;
  }

  @Override
  public AGExchange exchange() {
    return exchange;
  }

  @Override
  public CompletableFuture<Void> subscribe(ChannelSubscriber subscriber, String channel) {
    channels.add(subscriber, channel);
    if (closed) { // looked at afterwards: close() ends all that subscribed before
      unsubscribe(subscriber, channel);
      return CompletableFuture.failedFuture(isClosed());
    }
    return DONE;
  }

  private static BrokerError isClosed() {
    return new BrokerError("The broker is closed");
  }

  @Override
  public CompletableFuture<Void> unsubscribe(ChannelSubscriber subscriber, String channel) {
    channels.remove(subscriber, channel);
    return DONE;
  }

  @Override
  public CompletableFuture<Void> invokePublish(String channel, @Nullable Payload data) {
    if (closed) {
      return CompletableFuture.failedFuture(isClosed());
    }
    transmitPublish(channel, data);
    return DONE;
  }

  @Override
  public void transmitPublish(String channel, @Nullable Payload data) {
    channels.deliver(channel, data);
    if (listeners.getConsumerCount(BrokerEvent.PUBLISH.name()) > 0) {
      emit(BrokerEvent.PUBLISH, new BrokerEvent.Publish(channel, data));
    }
  }

  @Override
  public Set<String> subscriptions() {
    return channels.names();
  }

  @Override
  public boolean isSubscribed(String channel) {
    return channels.isUsed(channel);
  }

  @Override
  public CompletableFuture<Void> close() {
    closed = true;
    exchange.subscriptions(true).forEach(exchange::unsubscribe);
    exchange.closeAllChannels();
    exchange.closeAllListeners();
    channels.clear();
    closeAllListeners();
    return DONE;
  }
}
