// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.core.ConnectionEvent;
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
import io.socketcluster.server.AGServerSocket;
import org.jspecify.annotations.Nullable;

/** Decides what each packet of a socket means. Event loop only. */
final class PacketDispatcher {
  private final DefaultServerSocket socket;
  private final InboundCalls calls;

  PacketDispatcher(DefaultServerSocket socket) {
    this.socket = socket;
    this.calls = new InboundCalls(socket);
  }

  void dispatch(Packet packet) {
    if (packet instanceof EventPacket event && event.event().equals(ReservedEvents.HANDSHAKE)) {
      socket.parts().authActions().handshake(event);
    } else if (socket.state() == SocketState.CONNECTING && isStrict()) {
      socket.parts().lifecycle().close(CloseCode.MESSAGE_BEFORE_HANDSHAKE, null);
    } else {
      switch (packet) {
        case EventPacket event -> dispatch(event);
        case ResponsePacket response -> socket.parts().outbound().complete(response);
        case RawPacket raw -> dispatch(raw);
      }
    }
  }

  private boolean isStrict() {
    return socket.host().options().strictHandshake();
  }

  private void dispatch(RawPacket packet) {
    if (socket.parts().version().isPong(packet.message())) {
      socket.parts().inbound().pong();
    } else {
      socket.emit(AGServerSocket.RAW, new ConnectionEvent.Raw(packet.message()));
    }
  }

  private void dispatch(EventPacket packet) {
    switch (packet.event()) {
      case ReservedEvents.AUTHENTICATE -> socket.parts().authActions().authenticate(packet);
      case ReservedEvents.REMOVE_AUTH_TOKEN -> socket.parts().authActions().removeAuthToken(packet);
      case ReservedEvents.SUBSCRIBE -> subscribe(packet);
      case ReservedEvents.UNSUBSCRIBE -> {
        socket.parts().expireToken();
        socket.parts().channels().unsubscribe(packet);
      }
      case ReservedEvents.PUBLISH ->
          socket.parts().channels().publish(packet, socket.parts().expireToken());
      case ReservedEvents.DISCONNECT -> disconnect(packet);
      default -> ofApplication(packet, socket.parts().expireToken());
    }
  }

  private void subscribe(EventPacket packet) {
    if (socket.state() == SocketState.CONNECTING) {
      socket
          .parts()
          .answers()
          .fail(
              packet,
              new InvalidActionError(
                  "Cannot subscribe socket to a channel before it has completed the handshake"));
    } else {
      socket.parts().channels().subscribe(packet, socket.parts().expireToken());
    }
  }

  private void disconnect(EventPacket packet) {
    if (socket.parts().version().mayBeOne()) {
      socket.parts().closing().received(packet);
    } else {
      ofApplication(packet, socket.parts().expireToken()); // version 2 has no such packet
    }
  }

  private void ofApplication(EventPacket packet, @Nullable AuthTokenExpiredError expired) {
    if (socket.parts().middleware().isAbsent()) {
      deliver(packet, packet.data());
      return;
    }
    socket
        .parts()
        .middleware()
        .ask(
            packet.isInvoke() ? AGAction.Type.INVOKE : AGAction.Type.TRANSMIT,
            packet.event(),
            packet.data(),
            expired,
            data -> deliver(packet, data),
            error -> socket.parts().answers().refuse(packet, error));
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
      socket
          .parts()
          .streams()
          .receivers()
          .write(name, new InboundMessage(compact(data), socket.parts().events()::error));
    }
  }

  /** What may be kept for a while must not keep a much larger message alive. */
  private static @Nullable Payload compact(@Nullable Payload data) {
    return data == null ? null : data.compact();
  }
}
