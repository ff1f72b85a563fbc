// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import io.netty.channel.EventLoop;
import io.socketcluster.core.deltas.DeltaForm;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.internal.deltas.ChannelDeltas;
import io.socketcluster.server.internal.history.ChannelHistory;
import io.socketcluster.server.internal.history.Recovery;
import io.socketcluster.server.internal.history.ServerChannels;
import io.socketcluster.server.internal.loop.LoopTasks;
import io.socketcluster.server.internal.middleware.ActionLines;
import io.socketcluster.server.internal.outbound.SocketWriter;
import io.socketcluster.server.internal.rules.ReservedNames;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The channels that the sockets of one event loop are subscribed to. Event loop only. */
public final class LoopChannels {
  private final EventLoop loop;
  private final ServerChannels server;
  private final LoopMailbox mailbox;
  private final ActionLines lines;
  private final AGServerOptions options;
  private final BrokerWait waits;
  private final Map<ChannelKey, LoopChannel> channels = new HashMap<>();

  public LoopChannels(
      EventLoop loop,
      ServerChannels server,
      LoopMailbox mailbox,
      ActionLines lines,
      AGServerOptions options) {
    this.loop = loop;
    this.server = server;
    this.mailbox = mailbox;
    this.lines = lines;
    this.options = options;
    waits = new BrokerWait(loop, mailbox);
  }

  /** Returns what lets packets wait for the broker. */
  public BrokerWait waits() {
    return waits;
  }

  /** Returns how many channels a socket may be subscribed to. */
  public int limit() {
    return options.socketChannelLimit();
  }

  /** Returns whether clients may publish. */
  public boolean allowPublish() {
    return options.allowClientPublish();
  }

  /** Returns whether clients may use a channel. */
  public boolean isForClients(String channel) {
    return server.engine().isForClients(channel);
  }

  /** Sends what was published before this moment. */
  public void deliverPending() {
    mailbox.deliverPending();
  }

  /** Publishes for one of this loop's sockets. */
  public CompletableFuture<Void> publish(String channel, @Nullable Payload data) {
    LoopTasks.check(loop);
    CompletableFuture<Void> published = asked(() -> server.publish(channel, data));
    mailbox.ownPublish();
    return published;
  }

  /** An engine of the application's own may throw where its future should fail. */
  private static CompletableFuture<Void> asked(Supplier<CompletableFuture<Void>> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Adds a socket to a channel; {@link LoopChannel#subscribed} tells when it receives.
   *
   * @param wantsDeltas whether it is sent differences where the policy allows that
   */
  public LoopChannel.Membership join(String channelName, SocketWriter member, boolean wantsDeltas) {
    LoopTasks.check(loop);
    mailbox.deliverPending(); // a new member is not sent what was published before
    ChannelKey key = new ChannelKey(channelName, member.format(), false, wantsDeltas);
    LoopChannel channel = channels.get(key);
    if (channel == null) {
      channel = new LoopChannel(key, member.codec(), mailbox, lines);
      channel.waitsBy(ChannelWaiting.of(channelName, server.policyOf(channelName)));
      if (ReservedNames.isPattern(channelName)) {
        channel.filteredBy(server.ruling());
      }
      sendDeltas(channel, wantsDeltas, false);
      LoopChannel joined = channel;
      channel.subscribedWhen(asked(() -> server.engine().subscribe(joined, channelName)));
      channels.put(key, channel);
    }
    return channel.add(member);
  }

  /**
   * Returns whether a client may not subscribe to a channel, because it tells of another that the
   * client is not subscribed to.
   */
  public boolean isHidden(String channel, Predicate<String> isSubscribed) {
    return server.isPresence(channel) && !isSubscribed.test(ReservedNames.observed(channel));
  }

  /** Returns whether only the server publishes to a channel. */
  public boolean isOfServer(String channel) {
    return server.isPresence(channel) || ReservedNames.isPattern(channel);
  }

  /** Returns whether a channel is a pattern that clients may not subscribe to. */
  public boolean isClosedPattern(String channel) {
    return server.ruling().isClosed(channel);
  }

  /** Returns what a subscription asks of a history, or null; not looked at without policies. */
  public @Nullable Recovery recoveryIn(@Nullable Payload data) {
    return server.hasPolicies() ? Recovery.of(data) : null;
  }

  /** Returns whether a subscription is to be sent differences; not looked at without policies. */
  public boolean wantsDeltas(String channel, @Nullable Payload data) {
    return server.hasPolicies() && server.hasDeltas(channel) && DeltaForm.isAsked(data);
  }

  private void sendDeltas(LoopChannel channel, boolean wantsDeltas, boolean hasPositions) {
    ChannelDeltas deltas = wantsDeltas ? server.acquireDeltas(channel.name(), hasPositions) : null;
    if (deltas != null) {
      boolean dropsNothing = hasPositions || channel.dropsNothing(options.slowConsumerPolicy());
      channel.sendsDeltas(new DeltaSending(deltas, dropsNothing));
    }
  }

  /**
   * Adds a socket to a channel with a history, as a newcomer: {@link #recover} makes it a member.
   * Returns null if the channel has no history.
   *
   * @param wantsDeltas whether it is sent differences where the policy allows that
   */
  public LoopChannel.@Nullable Membership follow(
      String channelName, SocketWriter member, boolean wantsDeltas) {
    LoopTasks.check(loop);
    ChannelKey key = new ChannelKey(channelName, member.format(), true, wantsDeltas);
    LoopChannel channel = channels.get(key);
    if (channel == null) {
      channel = new LoopChannel(key, member.codec(), mailbox, lines);
      sendDeltas(channel, wantsDeltas, true);
      ChannelHistory history = server.follow(channelName, channel);
      if (history == null) {
        release(channel, true);
        return null;
      }
      channel.follows(history);
      channels.put(key, channel);
    }
    return channel.addNewcomer(member);
  }

  /** Sends a newcomer what it has missed; the future completes when it has been sent. */
  public CompletableFuture<Void> recover(LoopChannel.Membership newcomer, Recovery recovery) {
    return new CatchUp(newcomer, loop, mailbox, options.outboundBufferLimit()).start(recovery);
  }

  /** Removes a socket from a channel. */
  public void leave(LoopChannel.Membership membership) {
    LoopTasks.check(loop);
    mailbox.deliverPending(); // it is still sent what was published before
    LoopChannel channel = membership.channel();
    channel.remove(membership);
    if (channel.isEmpty()) {
      end(channel);
    }
  }

  private void end(LoopChannel channel) {
    ChannelHistory history = channel.history();
    channels.remove(channel.key(), channel);
    if (history == null) {
      asked(() -> server.engine().unsubscribe(channel, channel.name()));
    } else {
      history.detach(channel);
    }
    release(channel, history != null);
  }

  private void release(LoopChannel channel, boolean hasPositions) {
    DeltaSending sending = channel.deltas();
    if (sending != null) {
      server.release(sending.deltas(), hasPositions);
    }
  }
}
