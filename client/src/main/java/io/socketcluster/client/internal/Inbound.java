// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.streams.InboundCall;
import io.socketcluster.core.streams.InboundMessage;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.MalformedMessageException;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.RawPacket;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidMessageError;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What arrives from the server: pings, answers, events. Event loop only. */
final class Inbound {
  private static final byte[] NOTHING = {};
  private static final byte[] VERSION_ONE_PING = "#1".getBytes(ISO_8859_1);
  private static final byte[] VERSION_ONE_PONG = "#2".getBytes(ISO_8859_1);

  private final DefaultClientSocket socket;

  Inbound(DefaultClientSocket socket) {
    this.socket = socket;
  }

  void onMessage(Connection connection, byte[] message) {
    if (socket.parts().events().isHeard(AGClientSocket.MESSAGE)) {
      socket.parts().events().emit(AGClientSocket.MESSAGE, new ConnectionEvent.Message(message));
    }
    if (answerPing(connection, message)) {
      return;
    }
    try {
      for (Packet packet : socket.options().codecEngine().decode(message)) {
        if (!socket.parts().cycle().isCurrent(connection)) {
          return; // one of them has ended it
        }
        dispatch(connection, packet);
      }
      socket.parts().streams().releaseIfSaturated();
    } catch (MalformedMessageException e) {
      connection.fail(e.closeCode(), null, e);
    }
  }

  private boolean answerPing(Connection connection, byte[] message) {
    boolean isVersionOne = socket.options().protocolVersion() == ProtocolVersion.V1;
    boolean isPing = isVersionOne ? Arrays.equals(message, VERSION_ONE_PING) : message.length == 0;
    if (isPing) {
      connection.pong(isVersionOne ? VERSION_ONE_PONG : NOTHING);
    }
    return isPing;
  }

  private void dispatch(Connection connection, Packet packet) {
    switch (packet) {
      case EventPacket event -> dispatch(connection, event);
      case ResponsePacket response -> {
        socket.parts().authentication().removal().answerArrived(connection, response.rid());
        connection.complete(response);
      }
      case RawPacket raw ->
          socket.parts().events().emit(AGClientSocket.RAW, new ConnectionEvent.Raw(raw.message()));
    }
  }

  private void dispatch(Connection connection, EventPacket packet) {
    switch (packet.event()) {
      case ReservedEvents.PUBLISH -> publish(packet);
      case ReservedEvents.KICK_OUT -> kickOut(packet);
      case ReservedEvents.SET_AUTH_TOKEN -> setAuthToken(connection, packet);
      case ReservedEvents.REMOVE_AUTH_TOKEN -> removeAuthToken(connection, packet);
      default -> deliver(connection, packet);
    }
  }

  private void deliver(Connection connection, EventPacket packet) {
    ClientStreams streams = socket.parts().streams();
    if (packet.isInvoke()) {
      streams
          .procedures()
          .write(
              packet.event(),
              new InboundCall(
                  packet.event(),
                  packet.cid(),
                  packet.data(),
                  response -> socket.parts().cycle().respond(connection, response)));
    } else {
      streams
          .receivers()
          .write(packet.event(), new InboundMessage(packet.data(), socket.parts().events()::error));
    }
  }

  private void publish(EventPacket packet) {
    String channel = packet.channel();
    if (channel != null) {
      socket.parts().channels().deliver(channel, packet.channelData());
    }
  }

  private void kickOut(EventPacket packet) {
    String channel = packet.channel();
    if (channel != null) {
      socket.parts().channels().kickedOut(channel, text(packet.data(), "message"));
    }
  }

  private void setAuthToken(Connection connection, EventPacket packet) {
    String token = text(packet.data(), "token");
    if (token == null) {
      refuse(connection, packet, new InvalidMessageError("No token came with #setAuthToken"));
      return;
    }
    Authentication authentication = socket.parts().authentication();
    authentication.removal().givenToken(connection, () -> authentication.setToken(token));
    confirm(connection, packet);
  }

  private void removeAuthToken(Connection connection, EventPacket packet) {
    socket.parts().authentication().removeToken();
    confirm(connection, packet);
  }

  private static void confirm(Connection connection, EventPacket packet) {
    if (packet.isInvoke()) {
      connection.answer(ResponsePacket.success(packet.cid(), null));
    }
  }

  private void refuse(Connection connection, EventPacket packet, AGException error) {
    socket.parts().events().error(error);
    if (packet.isInvoke()) {
      new InboundCall(packet.event(), packet.cid(), null, connection::answer).error(error);
    }
  }

  private static @Nullable String text(@Nullable Payload data, String member) {
    JsonNode node = data == null ? null : data.node().path(member);
    return node == null || !node.isString() ? null : node.stringValue();
  }
}
