// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.channels;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.ClientEvent;
import io.socketcluster.client.internal.events.ClientEvents;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.core.ChannelState;
import io.socketcluster.core.EventName;
import io.socketcluster.protocol.errors.AGException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Emits what happens to channels: on the channel itself and on its socket. Event loop only. */
final class ChannelEvents {
  private final ClientEvents events;

  ChannelEvents(ClientEvents events) {
    this.events = events;
  }

  void subscribeRequest(ClientChannel channel, ChannelOptions asked) {
    events.emit(
        AGClientSocket.SUBSCRIBE_REQUEST, new ClientEvent.SubscribeRequest(channel.name(), asked));
  }

  void subscribed(ClientChannel channel, ChannelState before, ChannelOptions asked) {
    ChannelEvent.SubscribeStateChange change =
        new ChannelEvent.SubscribeStateChange(channel.name(), before, channel.state(), asked);
    ChannelEvent.Subscribe event = new ChannelEvent.Subscribe(channel.name(), asked);
    onChannelAndSocket(ChannelEvent.SUBSCRIBE_STATE_CHANGE, change, ChannelEvent.SUBSCRIBE, event);
  }

  void subscribeFailed(ClientChannel channel, AGException error, ChannelOptions asked) {
    ChannelEvent.SubscribeFail event = new ChannelEvent.SubscribeFail(channel.name(), error, asked);
    events.emitOnChannel(ChannelEvent.SUBSCRIBE_FAIL, event);
    events.emit(AGClientSocket.SUBSCRIBE_FAIL, event);
  }

  /** A channel that was subscribed is not any more; its state says what it is now. */
  void unsubscribed(ClientChannel channel) {
    ChannelEvent.SubscribeStateChange change =
        new ChannelEvent.SubscribeStateChange(
            channel.name(), ChannelState.SUBSCRIBED, channel.state(), channel.options());
    ChannelEvent.Unsubscribe event = new ChannelEvent.Unsubscribe(channel.name());
    onChannelAndSocket(
        ChannelEvent.SUBSCRIBE_STATE_CHANGE, change, ChannelEvent.UNSUBSCRIBE, event);
  }

  void kickedOut(String name, @Nullable String message) {
    events.emit(AGClientSocket.KICK_OUT, new ClientEvent.KickOut(name, message));
    events.emitOnChannel(ChannelEvent.KICK_OUT, new ChannelEvent.KickOut(name, message));
  }

  /** Messages of a channel are missing that its server does not have any more. */
  void gap(ClientChannel channel, String reason, Instant since) {
    events.emitOnChannel(
        ChannelEvent.GAP, new ChannelEvent.Gap(channel.name(), reason, since, Instant.now()));
  }

  /** Something failed that nobody thought of. */
  void failed(Throwable unexpected) {
    events.error(unexpected);
  }

  private <A extends ChannelEvent, B extends ChannelEvent> void onChannelAndSocket(
      EventName<A> first, A change, EventName<B> second, B event) {
    events.emitOnChannel(first, change);
    events.emitOnChannel(second, event);
    events.emit(first, change);
    events.emit(second, event);
  }
}
