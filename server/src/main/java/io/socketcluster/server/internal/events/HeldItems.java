// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.events;

import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.streams.InboundCall;
import io.socketcluster.core.streams.InboundMessage;
import io.socketcluster.protocol.Footprint;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.SocketEvent;
import org.jspecify.annotations.Nullable;

/** Counts what the streams of a socket keep in memory for their consumers. */
final class HeldItems {
  /** What an item costs besides its data: its place in the list, its packet, its wrappers. */
  private static final int ITEM = 136;

  /** What an exception costs besides its message, most of it for its stack trace. */
  private static final int EXCEPTION = 1536;

  private final Footprint footprint = new Footprint();

  long bytes() {
    return footprint.bytes();
  }

  void add(String stream, Object item) {
    footprint.addBytes(ITEM);
    footprint.add(stream);
    switch (item) {
      case InboundMessage message -> footprint.add(message.data());
      case InboundCall call -> footprint.add(call.data());
      case ConnectionEvent event -> add(event);
      case SocketEvent event -> add(event);
      case ServerEvent event -> add(event);
      default -> {} // an event of the application's own
    }
  }

  void addPublish(String channel, @Nullable Payload data) {
    footprint.addBytes(ITEM);
    footprint.add(channel);
    footprint.add(data);
  }

  private void add(ServerEvent event) {
    switch (event) {
      case ServerEvent.Failure failure -> add(failure.error());
      case ServerEvent.Warning warning -> add(warning.warning());
      case ServerEvent.Closed closed -> footprint.add(closed.reason());
      case ServerEvent.Subscription subscription -> {
        footprint.add(subscription.channel());
        footprint.add(subscription.subscriptionOptions());
      }
      case ServerEvent.Unsubscription unsubscription -> footprint.add(unsubscription.channel());
      case ServerEvent.Authentication authentication -> footprint.add(authentication.authToken());
      case ServerEvent.Deauthentication old -> footprint.add(old.oldAuthToken());
      case ServerEvent.AuthenticationStateChange change -> footprint.add(change.authToken());
      case ServerEvent.BadSocketAuthToken bad -> {
        footprint.add(bad.signedAuthToken());
        add(bad.authError());
      }
      case ServerEvent.Handshake handshake -> {}
      case ServerEvent.Connection connection -> {}
      case ServerEvent.Ready ready -> {}
    }
  }

  private void add(ConnectionEvent event) {
    switch (event) {
      case ConnectionEvent.Message message -> footprint.addBytes(message.size());
      case ConnectionEvent.Raw raw -> footprint.add(raw.message());
      case ConnectionEvent.Failure failure -> add(failure.error());
      case ConnectionEvent.Closed closed -> footprint.add(closed.reason());
      case ConnectionEvent.Connect connect -> {}
    }
  }

  private void add(SocketEvent event) {
    switch (event) {
      case SocketEvent.Subscribe subscribe -> {
        footprint.add(subscribe.channel());
        footprint.add(subscribe.subscriptionOptions());
      }
      case SocketEvent.Unsubscribe unsubscribe -> footprint.add(unsubscribe.channel());
      case SocketEvent.AuthStateChange change -> footprint.add(change.authToken());
      case SocketEvent.Authenticate authenticate -> footprint.add(authenticate.authToken());
      case SocketEvent.Deauthenticate old -> footprint.add(old.oldAuthToken());
      case SocketEvent.AuthTokenSigned signed -> footprint.add(signed.signedAuthToken());
      case SocketEvent.BadAuthToken bad -> {
        footprint.add(bad.signedAuthToken());
        add(bad.authError());
      }
      case SocketEvent.End end -> {}
    }
  }

  private void add(Throwable error) {
    footprint.addBytes(EXCEPTION);
    footprint.add(error.getMessage());
  }
}
