// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.core.InboundMessage;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.RawPacket;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketEvent;
import org.jspecify.annotations.Nullable;

/** Decides what each packet of a socket means. Event loop only. */
final class PacketDispatcher {
  private final DefaultServerSocket socket;
  private final AuthActions auth;
  private final ChannelActions channels;
  private final ClosingNotice closing;
  private final InboundMiddleware middleware;
  private final SocketStreams streams;
  private final Answers answers;
  private final boolean strictHandshake;
  private final InboundCalls calls;

  PacketDispatcher(
      DefaultServerSocket socket,
      AuthActions auth,
      ChannelActions channels,
      ClosingNotice closing,
      InboundMiddleware middleware,
      SocketStreams streams,
      Answers answers,
      AGServerOptions options) {
    this.socket = socket;
    this.auth = auth;
    this.channels = channels;
    this.closing = closing;
    this.middleware = middleware;
    this.streams = streams;
    this.answers = answers;
    this.strictHandshake = options.strictHandshake();
    this.calls = new InboundCalls(socket, streams, options.requestCreator());
  }

  void dispatch(Packet packet) {
    if (packet instanceof EventPacket event && event.event().equals(ReservedEvents.HANDSHAKE)) {
      auth.handshake(event);
    } else if (strictHandshake && socket.state() == SocketState.CONNECTING) {
      socket.parts().lifecycle().close(CloseCode.MESSAGE_BEFORE_HANDSHAKE, null);
    } else {
      switch (packet) {
        case EventPacket event -> dispatch(event);
        case ResponsePacket response -> socket.parts().outbound().complete(response);
        case RawPacket raw -> dispatch(raw);
      }
    }
  }

  private void dispatch(RawPacket packet) {
    if (socket.parts().heartbeat().isPong(packet)) {
      socket.parts().inbound().pong();
    } else {
      socket.emit(AGServerSocket.RAW, new SocketEvent.Raw(packet.message()));
    }
  }

  private void dispatch(EventPacket packet) {
    switch (packet.event()) {
      case ReservedEvents.AUTHENTICATE -> auth.authenticate(packet);
      case ReservedEvents.REMOVE_AUTH_TOKEN -> auth.removeAuthToken(packet);
      case ReservedEvents.SUBSCRIBE -> subscribe(packet);
      case ReservedEvents.UNSUBSCRIBE -> {
        socket.parts().expireToken();
        channels.unsubscribe(packet);
      }
      case ReservedEvents.PUBLISH -> channels.publish(packet, socket.parts().expireToken());
      case ReservedEvents.DISCONNECT -> disconnect(packet);
      default -> ofApplication(packet, socket.parts().expireToken());
    }
  }

  private void subscribe(EventPacket packet) {
    if (socket.state() == SocketState.CONNECTING) {
      answers.fail(
          packet,
          new InvalidActionError(
              "Cannot subscribe socket to a channel before it has completed the handshake"));
    } else {
      channels.subscribe(packet, socket.parts().expireToken());
    }
  }

  private void disconnect(EventPacket packet) {
    if (socket.parts().heartbeat().mayBeVersionOne()) {
      closing.received(packet);
    } else {
      ofApplication(packet, socket.parts().expireToken()); // version 2 has no such packet
    }
  }

  private void ofApplication(EventPacket packet, @Nullable AuthTokenExpiredError expired) {
    if (middleware.isAbsent()) {
      deliver(packet, packet.data());
      return;
    }
    middleware.ask(
        packet.isInvoke() ? AGAction.Type.INVOKE : AGAction.Type.TRANSMIT,
        packet.event(),
        packet.data(),
        expired,
        data -> deliver(packet, data),
        error -> answers.refuse(packet, error));
  }

  /** The time in which streams keep what nobody consumes yet is over. */
  void endOfKeeping() {
    calls.endOfKeeping();
  }

  private void deliver(EventPacket packet, @Nullable Payload data) {
    String name = packet.event();
    if (packet.isInvoke()) {
      calls.deliver(packet, data);
    } else {
      streams.receivers().write(name, new InboundMessage(data, socket.parts().events()::error));
    }
  }
}
