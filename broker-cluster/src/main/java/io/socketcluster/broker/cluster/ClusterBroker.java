// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGExchange;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.broker.BrokerFailures;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.broker.LocalChannels;
import io.socketcluster.broker.history.ChannelHistories;
import io.socketcluster.broker.history.HistoryPosition;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.stream.StreamDemux;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An engine that joins the servers of many machines through a broker. A publish is delivered to the
 * subscribers of its own machine at once, without the broker. Thread-safe.
 *
 * <p>Each machine keeps serving its own subscribers while the broker cannot be reached: local
 * subscriptions and deliveries succeed, the future of {@link #invokePublish} fails with a {@link
 * BrokerError}, and {@link BrokerEvent#GAP} announces that messages of other machines may be
 * missing.
 */
public final class ClusterBroker implements AGBrokerEngine {
  private final BrokerFailures failures = new BrokerFailures(this);
  private final StreamDemux<Object> listeners = new StreamDemux<>(failures);
  private final AGExchange exchange = AGExchange.of(this);
  private final LocalChannels channels = new LocalChannels(new Uses(), this::subscriberFailed);
  private final AtomicLong foreignMessages = new AtomicLong();
  private final Gaps gaps;
  private final ClusterLink link;
  private final @Nullable ChannelHistories histories;
  private volatile boolean connected;
  private volatile boolean closed; // set once; looked at by every thread that publishes

  /**
   * Creates an engine on one broker and begins to connect.
   *
   * @param connector opens the connections to the broker
   */
  public ClusterBroker(BrokerConnector connector, ClusterOptions options) {
    this(events -> new BrokerLink(connector, options, events));
  }

  /**
   * Creates an engine and begins to connect.
   *
   * @param links creates the link to the other engines, which tells its events to the engine
   */
  public ClusterBroker(Function<LinkEvents, ClusterLink> links) {
    link = links.apply(new Connection());
    histories = link.keepsHistories() ? new ClusterHistories(link) : null;
    gaps =
        new Gaps(
            gap -> emit(BrokerEvent.GAP, gap),
            exchange,
            Clock.systemUTC(),
            "There was no connection yet to " + link.description());
    link.start();
  }

  private final class Uses implements LocalChannels.Listener {
    @Override
    public void used(String channel) {
      link.want(channel);
      emit(BrokerEvent.SUBSCRIBE, new BrokerEvent.Subscribe(channel));
    }

    @Override
    public void unused(String channel) {
      link.unwant(channel);
      emit(BrokerEvent.UNSUBSCRIBE, new BrokerEvent.Unsubscribe(channel));
    }
  }

  private final class Connection implements LinkEvents {
    @Override
    public void connected() {
      connected = true;
      gaps.end(!channels.names().isEmpty());
      emit(BrokerEvent.READY, new BrokerEvent.Ready());
    }

    @Override
    public void disconnected(BrokerError reason) {
      disconnected(reason, Instant.now());
    }

    @Override
    public void disconnected(BrokerError reason, Instant since) {
      connected = false;
      if (!closed) {
        gaps.begin(String.valueOf(reason.getMessage()), since);
        failures.failed("The connection to the broker is lost", reason);
      }
    }

    @Override
    public void notConnected(BrokerError reason) {
      if (!closed) {
        failures.failed("The broker cannot be reached", reason);
      }
    }

    @Override
    public void refused(Map<String, BrokerError> channels) {
      BrokerError first = channels.values().iterator().next();
      failures.failed("The broker refuses subscriptions", first);
    }

    @Override
    public void received(ClusterMessage message) {
      channels.deliver(message.channel(), message.data());
    }

    @Override
    public void received(ClusterMessage message, HistoryPosition position) {
      channels.deliver(message.channel(), message.data(), position);
    }

    @Override
    public void receivedForeign() {
      foreignMessages.incrementAndGet();
    }

    @Override
    public void dropped(String reason) {
      gaps.passed(reason);
    }

    @Override
    public void dropped(String reason, Instant since) {
      gaps.passed(reason, since);
    }
  }

  private void subscriberFailed(Throwable failure) {
    emit(BrokerEvent.ERROR, new BrokerEvent.Failure(failure));
  }

  /** Returns how many messages of the broker were ignored, because no engine has sent them. */
  public long foreignMessages() {
    return foreignMessages.get();
  }

  @Override
  public StreamDemux<Object> listenerDemux() {
    return listeners;
  }

  @Override
  public boolean isReady() {
    return connected && !closed;
  }

  @Override
  public AGExchange exchange() {
    return exchange;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // a subscriber is who it is
  public CompletableFuture<Void> subscribe(ChannelSubscriber subscriber, String channel) {
    channels.add(subscriber, channel);
    if (closed) { // looked at afterwards: close() ends all that subscribed before
      channels.remove(subscriber, channel);
      return CompletableFuture.failedFuture(isClosed());
    }
    if (subscriber == exchange) {
      gaps.tell(channel);
    }
    CompletableFuture<Void> confirmation = link.confirmation(channel);
    boolean isInForce = confirmation.isDone() && !confirmation.isCompletedExceptionally();
    return isInForce ? confirmation : settled(confirmation, subscriber, channel);
  }

  /** A subscription that the broker refuses does not exist. */
  private CompletableFuture<Void> settled(
      CompletableFuture<Void> confirmation, ChannelSubscriber subscriber, String channel) {
    CompletableFuture<Void> settled = new CompletableFuture<>();
    confirmation.whenComplete(
        (done, failure) -> {
          if (failure == null) {
            settled.complete(null);
          } else {
            channels.remove(subscriber, channel);
            settled.completeExceptionally(failure);
          }
        });
    return settled;
  }

  private static BrokerError isClosed() {
    return new BrokerError("The broker is closed");
  }

  @Override
  public CompletableFuture<Void> unsubscribe(ChannelSubscriber subscriber, String channel) {
    channels.remove(subscriber, channel);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> invokePublish(String channel, @Nullable Payload data) {
    if (closed) {
      return CompletableFuture.failedFuture(isClosed());
    }
    channels.deliver(channel, data);
    if (listeners.getConsumerCount(BrokerEvent.PUBLISH.name()) > 0) {
      emit(BrokerEvent.PUBLISH, new BrokerEvent.Publish(channel, data));
    }
    return link.publish(new ClusterMessage(channel, data));
  }

  @Override
  public void transmitPublish(String channel, @Nullable Payload data) {
    if (closed) {
      return;
    }
    invokePublish(channel, data)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                failures.failed("A publish has not reached the broker", failure);
              }
            });
  }

  @Override
  public @Nullable ChannelHistories histories() {
    return histories;
  }

  @Override
  public Set<String> subscriptions() {
    return channels.names();
  }

  @Override
  public boolean isSubscribed(String channel) {
    return channels.isUsed(channel);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Publishes that were accepted are handed to the broker before.
   */
  @Override
  public CompletableFuture<Void> close() {
    closed = true;
    exchange.subscriptions(true).forEach(exchange::unsubscribe);
    exchange.closeAllChannels();
    exchange.closeAllListeners();
    channels.clear();
    return link.close().thenRun(this::closeAllListeners);
  }
}
