// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.inbound;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.internal.channels.Channels;
import io.socketcluster.client.internal.connection.Connection;
import io.socketcluster.client.internal.events.ClientEvents;
import io.socketcluster.client.internal.events.ClientStreams;
import io.socketcluster.client.internal.tokens.Authentication;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.streams.InboundCall;
import io.socketcluster.core.streams.InboundMessage;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.RawPacket;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidMessageError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Gives each packet of the server to the part that it is for. Event loop only. */
public final class PacketDispatcher {
  private final Authentication authentication;
  private final Channels channels;
  private final ClientStreams streams;
  private final ClientEvents events;
  private final Responder responder;

  /** Creates the dispatcher of a socket. */
  public PacketDispatcher(
      Authentication authentication,
      Channels channels,
      ClientStreams streams,
      ClientEvents events,
      Responder responder) {
    this.authentication = authentication;
    this.channels = channels;
    this.streams = streams;
    this.events = events;
    this.responder = responder;
  }

  void dispatch(Connection connection, Packet packet) {
    switch (packet) {
      case EventPacket event -> dispatch(connection, event);
      case ResponsePacket response -> {
        authentication.answerArrived(connection, response.rid());
        connection.complete(response);
      }
      case RawPacket raw -> events.emit(AGClientSocket.RAW, new ConnectionEvent.Raw(raw.message()));
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
    if (packet.isInvoke()) {
      streams
          .procedures()
          .write(
              packet.event(),
              new InboundCall(
                  packet.event(),
                  packet.cid(),
                  packet.data(),
                  response -> responder.respond(connection, response)));
    } else {
      streams.receivers().write(packet.event(), new InboundMessage(packet.data(), events::error));
    }
  }

  private void publish(EventPacket packet) {
    String channel = packet.channel();
    if (channel != null) {
      channels.deliver(channel, packet.channelData());
    }
  }

  private void kickOut(EventPacket packet) {
    String channel = packet.channel();
    if (channel != null) {
      channels.kickedOut(channel, text(packet.data(), "message"));
    }
  }

  private void setAuthToken(Connection connection, EventPacket packet) {
    String token = text(packet.data(), "token");
    if (token == null) {
      refuse(connection, packet, new InvalidMessageError("No token came with #setAuthToken"));
      return;
    }
    authentication.givenToken(connection, token);
    confirm(connection, packet);
  }

  private void removeAuthToken(Connection connection, EventPacket packet) {
    authentication.removeToken();
    confirm(connection, packet);
  }

  private static void confirm(Connection connection, EventPacket packet) {
    if (packet.isInvoke()) {
      connection.answer(ResponsePacket.success(packet.cid(), null));
    }
  }

  private void refuse(Connection connection, EventPacket packet, AGException error) {
    events.error(error);
    if (packet.isInvoke()) {
      new InboundCall(packet.event(), packet.cid(), null, connection::answer).error(error);
    }
  }

  private static @Nullable String text(@Nullable Payload data, String member) {
    JsonNode node = data == null ? null : data.node().path(member);
    return node == null || !node.isString() ? null : node.stringValue();
  }
}
