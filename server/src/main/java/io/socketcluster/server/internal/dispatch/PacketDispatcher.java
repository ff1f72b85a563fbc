// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.dispatch;

import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.server.internal.tokens.TokenLife;

/**
 * Decides what each event of a client means. It has no state unless a packet waits for a decision.
 * Event loop only.
 */
public final class PacketDispatcher {
  private final Handshake handshake;
  private final ChannelActions channels;
  private final ClosingNotice closing;
  private final ApplicationEvents application;
  private final TokenLife tokens;

  public PacketDispatcher(
      Handshake handshake,
      ChannelActions channels,
      ClosingNotice closing,
      ApplicationEvents application,
      TokenLife tokens) {
    this.handshake = handshake;
    this.channels = channels;
    this.closing = closing;
    this.application = application;
    this.tokens = tokens;
  }

  /** Returns what a client does with channels, and what is done to it. */
  public ChannelActions channels() {
    return channels;
  }

  /** Returns what tells a client that its socket closes. */
  public ClosingNotice closing() {
    return closing;
  }

  public void dispatch(EventPacket packet) {
    switch (packet.event()) {
      case ReservedEvents.HANDSHAKE -> handshake.handshake(packet);
      case ReservedEvents.AUTHENTICATE -> handshake.authenticate(packet);
      case ReservedEvents.REMOVE_AUTH_TOKEN -> handshake.removeAuthToken(packet);
      case ReservedEvents.SUBSCRIBE -> subscribe(packet);
      case ReservedEvents.UNSUBSCRIBE -> {
        tokens.expire();
        channels.unsubscribe(packet);
      }
      case ReservedEvents.PUBLISH -> channels.publish(packet, tokens.expire());
      case ReservedEvents.DISCONNECT -> disconnect(packet);
      default -> application.accept(packet, tokens.expire());
    }
  }

  private void subscribe(EventPacket packet) {
    if (handshake.isComplete()) {
      channels.subscribe(packet, tokens.expire());
    } else {
      handshake.refuseSubscription(packet);
    }
  }

  private void disconnect(EventPacket packet) {
    if (closing.isKnown()) {
      closing.received(packet);
    } else {
      application.accept(packet, tokens.expire()); // version 2 has no such packet
    }
  }
}
