// SPDX-License-Identifier: MIT
package io.socketcluster.broker;

import io.socketcluster.broker.history.ChannelHistories;
import io.socketcluster.core.AsyncStreamEmitter;
import io.socketcluster.protocol.Payload;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Delivers published messages to subscribers on this machine and, if the engine connects several
 * machines to a cluster, on the other machines. To write an engine, extend {@code
 * BrokerEngineContract} of the module {@code broker-testkit}, which tests these rules:
 *
 * <ul>
 *   <li><b>Threads.</b> Every method is thread-safe, and none blocks: event loops call them. A
 *       future may be completed already when it is returned; the caller then goes on without
 *       waiting. It completes in any case, at the latest after a time limit of the engine's own.
 *   <li><b>Once.</b> One publish reaches each subscriber of its channel once; a subscriber is who
 *       it is, whatever its {@code equals} says. Nobody else is reached.
 *   <li><b>Order.</b> All subscribers of a channel on one machine receive its messages in one
 *       order, one at a time. What one thread publishes to a channel keeps its order on every
 *       machine.
 *   <li><b>Subscriptions.</b> What is published after the future of {@link #subscribe} completed is
 *       delivered, wherever in the cluster; nothing is delivered after that of {@link #unsubscribe}
 *       completed. Calls for one subscriber and channel take effect in the order in which they were
 *       made. A subscription whose future fails does not exist.
 *   <li><b>Names.</b> A channel is any string of up to 16384 characters, the empty one too, and
 *       means itself: no character is special, and two names are the same if {@code equals} says
 *       so.
 *   <li><b>Data.</b> It arrives with the same JSON; none stays none, which is not JSON's null.
 *   <li><b>Failures.</b> A subscriber that throws, against its contract, harms no other subscriber
 *       and no publisher, and shows as {@link BrokerEvent#ERROR}. A future fails with a {@link
 *       io.socketcluster.protocol.errors.BrokerError}.
 *   <li><b>Encodings.</b> The subscribers on one machine get the same {@link ChannelMessage}, whose
 *       {@link ChannelMessage#delivered()} the engine calls once after the last of them.
 * </ul>
 *
 * <p>An engine delivers on its own machine through {@link LocalChannels}, which hold the rules of
 * order and of failing subscribers. An engine for many machines announces with {@link
 * BrokerEvent#GAP} when messages of others may be missing.
 *
 * <p>An engine begins to work when it is created. While it is not {@linkplain #isReady() ready}, a
 * server reports itself as not ready, and goes on to accept connections; their subscriptions and
 * publishes wait for the engine's answer. A server does not close an engine that it was given: its
 * maker does, after the servers that use it.
 */
public interface AGBrokerEngine extends AsyncStreamEmitter {
  /** The channel on which servers talk to each other. */
  String SERVERS_CHANNEL = "#cluster";

  /**
   * Returns whether the engine can be used. Each change to true after the creation is emitted as
   * {@link BrokerEvent#READY}. The value may become false while a connection is lost.
   */
  boolean isReady();

  /**
   * Returns the exchange of this engine, always the same object; {@link AGExchange#of} creates one.
   */
  AGExchange exchange();

  /**
   * Subscribes; when the future completes, all later publishes are delivered. Without effect if
   * {@code subscriber} is already subscribed to the channel.
   */
  CompletableFuture<Void> subscribe(ChannelSubscriber subscriber, String channel);

  /**
   * Unsubscribes; when the future completes, nothing more is delivered. Without effect if there is
   * no such subscription.
   */
  CompletableFuture<Void> unsubscribe(ChannelSubscriber subscriber, String channel);

  /**
   * Publishes; the future completes when the message has been handed to every subscriber on this
   * machine and, in an engine for many machines, was taken over by the transport.
   */
  CompletableFuture<Void> invokePublish(String channel, @Nullable Payload data);

  /** Publishes; a failure is emitted as {@link BrokerEvent#ERROR}. */
  void transmitPublish(String channel, @Nullable Payload data);

  /**
   * Returns the channel on which servers talk to each other: {@link #SERVERS_CHANNEL} unless
   * overridden. No server lets its own clients use the names that begin so. An engine whose broker
   * has clients that others let in returns a name below {@code #cluster/} that they cannot guess.
   */
  default String serversChannel() {
    return SERVERS_CHANNEL;
  }

  /**
   * Returns whether a client must not use a channel: {@link #SERVERS_CHANNEL} and what is below.
   */
  static boolean isOfServers(String channel) {
    return channel.startsWith(SERVERS_CHANNEL)
        && (channel.length() == SERVERS_CHANNEL.length()
            || channel.charAt(SERVERS_CHANNEL.length()) == '/');
  }

  /**
   * Returns whether the clients of a server with this engine may use a channel: all channels but
   * those of the servers, unless overridden. An engine returns true for these, too, if the clients
   * of its server are servers themselves.
   */
  default boolean isForClients(String channel) {
    return !isOfServers(channel);
  }

  /**
   * Returns the histories of channels that the broker keeps, always the same object, or null if the
   * engine keeps none: null unless overridden. What is published there is not to be published with
   * {@link #invokePublish}, too.
   */
  default @Nullable ChannelHistories histories() {
    return null;
  }

  /** Returns the channels that have a subscriber on this machine: an unmodifiable snapshot. */
  Set<String> subscriptions();

  /** Returns whether a channel has a subscriber on this machine. */
  boolean isSubscribed(String channel);

  /**
   * Ends the engine for good: all subscriptions end, the consumers of its exchange's channels and
   * of its listeners end after what they have not taken yet. When the future completes, nothing
   * more is delivered and everything that the engine had opened is closed. Afterwards it is not
   * ready, {@link #subscribe} and {@link #invokePublish} fail, and all other methods have no
   * effect. Closing twice is closing once.
   */
  CompletableFuture<Void> close();
}
