// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.channels;

import io.socketcluster.client.internal.connection.Connection;
import io.socketcluster.client.internal.connection.CurrentConnection;
import io.socketcluster.client.internal.events.ClientEvents;
import io.socketcluster.client.internal.events.ClientStreams;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.core.ChannelState;
import io.socketcluster.core.deltas.DeltaValues;
import io.socketcluster.core.deltas.JsonMembers;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.BadConnectionError;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The channels that the application wants: each is pending or subscribed, and pending again when
 * the connection is lost. Event loop only, but for the questions.
 */
public final class Channels {
  private static final Comparator<ClientChannel> FIRST_COMES_FIRST =
      Comparator.comparingInt(ClientChannel::priority)
          .reversed()
          .thenComparingLong(ClientChannel::order);

  private static final Payload NOTHING = Payload.of(null);

  private final ChannelNames names;
  private final CurrentConnection current;
  private final BooleanSupplier isAuthenticated;
  private final ClientStreams streams;
  private final ChannelEvents events;
  private final Map<String, ClientChannel> wanted = new ConcurrentHashMap<>();
  private long lastOrder;
  private boolean preparing; // connected, but what is pending is not asked for yet

  /**
   * Begins without channels.
   *
   * @param isAuthenticated whether the server has accepted a token
   */
  public Channels(
      ChannelNames names,
      CurrentConnection current,
      BooleanSupplier isAuthenticated,
      ClientStreams streams,
      ClientEvents events) {
    this.names = names;
    this.current = current;
    this.isAuthenticated = isAuthenticated;
    this.streams = streams;
    this.events = new ChannelEvents(events);
  }

  // --- Questions, for any thread ---

  /** Returns the state of a channel, wanted or not. */
  public ChannelState state(String name) {
    ClientChannel channel = wanted.get(name);
    return channel == null ? ChannelState.UNSUBSCRIBED : channel.state();
  }

  /** Returns the options with which a channel is wanted. */
  public ChannelOptions options(String name) {
    ClientChannel channel = wanted.get(name);
    return channel == null ? ChannelOptions.DEFAULT : channel.options();
  }

  /** Returns the names of the channels that are subscribed, or wanted at all. */
  public Set<String> names(boolean includePending) {
    return wanted.values().stream()
        .filter(channel -> includePending || channel.state() == ChannelState.SUBSCRIBED)
        .map(ClientChannel::name)
        .collect(Collectors.collectingAndThen(Collectors.toSet(), Collections::unmodifiableSet));
  }

  // --- What the application wants ---

  /**
   * Wants a channel from now on.
   *
   * @param data that of the options, as it is sent
   */
  public void subscribe(String name, ChannelOptions options, @Nullable Payload data) {
    ClientChannel channel = wanted.get(name);
    if (channel == null) {
      channel = new ClientChannel(name, ++lastOrder, options, data);
      streams.retain(name);
      wanted.put(name, channel);
    } else {
      channel.options(options, data); // for the next time
    }
    ask(channel);
  }

  /** Wants a channel no more. */
  public void unsubscribe(String name) {
    ClientChannel channel = wanted.get(name);
    if (channel == null) {
      return;
    }
    boolean isKnownToServer = channel.isAsked() || channel.state() == ChannelState.SUBSCRIBED;
    remove(channel);
    Connection connection = current.connection();
    if (isKnownToServer && connection != null) {
      connection.send(
          EventPacket.transmit(ReservedEvents.UNSUBSCRIBE, Payload.of(names.decorated(name))));
    }
  }

  // --- What the connection allows ---

  /** The socket is about to be open: what is pending waits for {@link #processPending}. */
  public void prepare() {
    preparing = true;
  }

  /** Asks the server for what is pending, in the order of the priorities. */
  public void processPending() {
    preparing = false;
    List<ClientChannel> pending =
        wanted.values().stream()
            .filter(channel -> channel.state() == ChannelState.PENDING)
            .sorted(FIRST_COMES_FIRST)
            .toList();
    pending.forEach(this::ask);
  }

  /** The socket is authenticated now, for which some channels wait. */
  public void authenticated() {
    if (!preparing) {
      processPending();
    }
  }

  /** The connection is lost: every channel is pending, until there is another. */
  public void suspend() {
    List<ClientChannel> all = wanted.values().stream().sorted(FIRST_COMES_FIRST).toList();
    for (ClientChannel channel : all) {
      channel.answered();
      channel.misfit(false);
      if (channel.state() == ChannelState.SUBSCRIBED) {
        channel.state(ChannelState.PENDING);
        events.unsubscribed(channel);
      }
    }
  }

  private void ask(ClientChannel channel) {
    Connection connection = current.open();
    if (connection == null
        || preparing
        || channel.isAsked()
        || channel.state() != ChannelState.PENDING
        || !meetsAuthRequirements(channel)) {
      return;
    }
    ChannelOptions asked = channel.options();
    CompletableFuture<@Nullable Payload> answer = new CompletableFuture<>();
    channel.asked(connection.invoke(ReservedEvents.SUBSCRIBE, request(channel), answer));
    answer
        .handle(
            (data, failure) -> {
              answered(channel, asked, failure);
              return null;
            })
        .exceptionally(
            unexpected -> {
              events.failed(unexpected);
              return null;
            });
    events.subscribeRequest(channel, asked);
  }

  private boolean meetsAuthRequirements(ClientChannel channel) {
    return !channel.options().waitForAuth() || isAuthenticated.getAsBoolean();
  }

  private Payload request(ClientChannel channel) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("channel", names.decorated(channel.name()));
    if (channel.options().waitForAuth()) {
      request.put("waitForAuth", true);
    }
    Payload data = SubscriptionData.of(channel);
    if (data != null) {
      request.put("data", data.node());
    }
    return Payload.of(request);
  }

  // --- What the server says ---

  private void answered(ClientChannel channel, ChannelOptions asked, @Nullable Throwable failure) {
    channel.answered();
    if (failure == null) {
      ChannelState before = channel.state();
      channel.state(ChannelState.SUBSCRIBED);
      events.subscribed(channel, before, asked);
      streams.releaseSoon(channel.name());
    } else if (!(failure instanceof BadConnectionError) // which asks again when it is back
        && failure instanceof AGException refused
        && meetsAuthRequirements(channel)) {
      wanted.remove(channel.name());
      events.subscribeFailed(channel, refused, asked);
      streams.releaseSoon(channel.name());
    }
  }

  /** The server has published something. */
  public void deliver(String decoratedName, @Nullable Payload data) {
    ClientChannel channel = wanted.get(names.undecorated(decoratedName));
    if (channel == null) {
      return;
    }
    Payload message = data == null ? NOTHING : data;
    Position position = channel.options().recovers() ? Position.of(message.node()) : null;
    if (position == null) {
      receive(channel, message);
    } else {
      recovered(channel, position, message);
    }
  }

  private void receive(ClientChannel channel, Payload message) {
    Payload value = restored(channel, message);
    if (value != null) {
      streams.channelData().write(channel.name(), value);
    }
  }

  /** Returns the value that a message stands for, or null if it cannot be told. */
  private @Nullable Payload restored(ClientChannel channel, Payload message) {
    DeltaValues values = channel.values();
    if (values == null) {
      return message;
    }
    try {
      Payload value = values.restore(message, !channel.isAsked());
      return value == null ? NOTHING : value;
    } catch (RuntimeException e) { // of a server that is wrong, or of a publisher that imitates it
      return misfit(channel, values, message, e);
    }
  }

  /** A new subscription begins with whole values. Asked for once on each connection. */
  private @Nullable Payload misfit(
      ClientChannel channel, DeltaValues values, Payload message, RuntimeException failure) {
    if (channel.isAsked()) {
      return null; // of the subscription before
    }
    events.failed(failure);
    if (channel.isMisfit()) {
      values.giveUp();
      return message;
    }
    channel.misfit(true);
    askAgain(channel);
    return null;
  }

  private void askAgain(ClientChannel channel) {
    Connection connection = current.open();
    if (connection != null && channel.state() == ChannelState.SUBSCRIBED) {
      Payload name = Payload.of(names.decorated(channel.name()));
      connection.send(EventPacket.transmit(ReservedEvents.UNSUBSCRIBE, name));
      channel.state(ChannelState.PENDING);
      events.unsubscribed(channel);
      ask(channel);
    }
  }

  /** A message with its position, or what is told of one. */
  private void recovered(ClientChannel channel, Position position, Payload message) {
    Position before = channel.position();
    String gap = message.node().path("gap").stringValue(null);
    boolean isNote = gap != null || message.node().path("start").booleanValue(false);
    boolean isKnown = before != null && before.isAtOrBehind(position);
    if (!isNote && isAhead(channel, position)) {
      return; // comes again
    }
    Payload value = isNote ? null : restored(channel, dataOf(message));
    if (isKnown || (value == null && !isNote)) {
      return; // restored, for the next difference belongs to it, or not to be restored
    }
    channel.position(position);
    if (gap != null) {
      events.gap(channel, gap, before == null ? position.at() : before.at());
    } else if (value != null) {
      streams.channelData().write(channel.name(), value);
    }
  }

  private static Payload dataOf(Payload message) { // as the text that was published
    return JsonMembers.of(message).getOrDefault("data", NOTHING);
  }

  /** Returns whether a message is of the subscription that was given up for a misfit. */
  private static boolean isAhead(ClientChannel channel, Position position) {
    Position reached = channel.position();
    return channel.isMisfit() && channel.isAsked() && reached != null && reached.isBefore(position);
  }

  /** The server has ended a subscription. */
  public void kickedOut(String decoratedName, @Nullable String message) {
    String name = names.undecorated(decoratedName);
    ClientChannel channel = wanted.get(name);
    if (channel != null) {
      events.kickedOut(name, message);
      if (!channel.isAsked()) { // else it was another subscription, and this one's answer comes
        remove(channel);
      }
    }
  }

  private void remove(ClientChannel channel) {
    Connection connection = current.connection();
    if (channel.isAsked() && connection != null) {
      connection.cancelCall(channel.pendingCid());
    }
    wanted.remove(channel.name());
    if (channel.state() == ChannelState.SUBSCRIBED) {
      channel.state(ChannelState.UNSUBSCRIBED);
      events.unsubscribed(channel);
    } else {
      streams.releaseSoon(channel.name());
    }
  }
}
