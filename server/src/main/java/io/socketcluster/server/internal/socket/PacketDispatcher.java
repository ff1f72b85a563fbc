// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.core.InboundCall;
import io.socketcluster.core.InboundMessage;
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
import io.socketcluster.server.RequestCreator;
import io.socketcluster.server.SocketEvent;
import io.socketcluster.server.SocketState;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides what each packet of a socket means. Event loop only. */
final class PacketDispatcher {
  private final DefaultServerSocket socket;
  private final AuthActions auth;
  private final ChannelActions channels;
  private final InboundMiddleware middleware;
  private final SocketStreams streams;
  private final Answers answers;
  private final boolean strictHandshake;
  private final @Nullable RequestCreator requestCreator;

  PacketDispatcher(
      DefaultServerSocket socket,
      AuthActions auth,
      ChannelActions channels,
      InboundMiddleware middleware,
      SocketStreams streams,
      Answers answers,
      AGServerOptions options) {
    this.socket = socket;
    this.auth = auth;
    this.channels = channels;
    this.middleware = middleware;
    this.streams = streams;
    this.answers = answers;
    this.strictHandshake = options.strictHandshake();
    this.requestCreator = options.requestCreator();
  }

  void dispatch(Packet packet) {
    if (packet instanceof EventPacket event && event.event().equals(ReservedEvents.HANDSHAKE)) {
      auth.handshake(event);
    } else if (strictHandshake && socket.state() == SocketState.CONNECTING) {
      socket.lifecycle().close(CloseCode.MESSAGE_BEFORE_HANDSHAKE, null);
    } else {
      switch (packet) {
        case EventPacket event -> dispatch(event);
        case ResponsePacket response -> socket.outbound().complete(response);
        case RawPacket raw -> socket.emit(AGServerSocket.RAW, new SocketEvent.Raw(raw.message()));
      }
    }
  }

  private void dispatch(EventPacket packet) {
    switch (packet.event()) {
      case ReservedEvents.AUTHENTICATE -> auth.authenticate(packet);
      case ReservedEvents.REMOVE_AUTH_TOKEN -> auth.removeAuthToken(packet);
      case ReservedEvents.SUBSCRIBE -> subscribe(packet);
      case ReservedEvents.UNSUBSCRIBE -> {
        socket.expireToken();
        channels.unsubscribe(packet);
      }
      case ReservedEvents.PUBLISH -> channels.publish(packet, socket.expireToken());
      default -> ofApplication(packet, socket.expireToken());
    }
  }

  private void subscribe(EventPacket packet) {
    if (socket.state() == SocketState.CONNECTING) {
      answers.fail(
          packet,
          new InvalidActionError(
              "Cannot subscribe socket to a channel before it has completed the handshake"));
    } else {
      channels.subscribe(packet, socket.expireToken());
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

  private void deliver(EventPacket packet, @Nullable Payload data) {
    String name = packet.event();
    if (packet.isInvoke()) {
      request(name, packet.cid(), data);
    } else {
      streams.receivers().write(name, new InboundMessage(data, socket.events()::error));
    }
  }

  private void request(String procedure, long cid, @Nullable Payload data) {
    Consumer<ResponsePacket> responder = socket.outbound()::respond;
    RequestCreator creator = requestCreator;
    InboundCall call;
    if (creator == null) {
      call = new InboundCall(procedure, cid, data, responder);
    } else {
      try {
        call = creator.create(socket, procedure, cid, data, responder);
      } catch (RuntimeException e) {
        new InboundCall(procedure, cid, data, responder).abandon(e);
        socket.events().error(e);
        return;
      }
    }
    streams.procedures().write(procedure, call);
  }
}
