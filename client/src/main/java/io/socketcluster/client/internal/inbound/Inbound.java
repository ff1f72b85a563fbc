// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.inbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.internal.connection.Connection;
import io.socketcluster.client.internal.connection.CurrentConnection;
import io.socketcluster.client.internal.events.ClientEvents;
import io.socketcluster.client.internal.events.ClientStreams;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.MalformedMessageException;
import io.socketcluster.protocol.Packet;
import java.util.Arrays;
import java.util.function.Supplier;

/** Reads the messages of the server: pings, and packets. Event loop only. */
public final class Inbound {
  private static final byte[] NOTHING = {};
  private static final byte[] VERSION_ONE_PING = "#1".getBytes(ISO_8859_1);
  private static final byte[] VERSION_ONE_PONG = "#2".getBytes(ISO_8859_1);

  private final Supplier<AGClientOptions> options;
  private final CurrentConnection current;
  private final ClientEvents events;
  private final ClientStreams streams;
  private final PacketDispatcher dispatcher;

  /** Creates the reader of a socket. */
  public Inbound(
      Supplier<AGClientOptions> options,
      CurrentConnection current,
      ClientEvents events,
      ClientStreams streams,
      PacketDispatcher dispatcher) {
    this.options = options;
    this.current = current;
    this.events = events;
    this.streams = streams;
    this.dispatcher = dispatcher;
  }

  /** A message arrived on a connection. */
  public void onMessage(Connection connection, byte[] message) {
    if (events.isHeard(AGClientSocket.MESSAGE)) {
      events.emit(AGClientSocket.MESSAGE, new ConnectionEvent.Message(message));
    }
    if (answerPing(connection, message)) {
      return;
    }
    try {
      dispatchAll(connection, message);
      streams.releaseIfSaturated();
    } catch (MalformedMessageException e) {
      connection.fail(e.closeCode(), null, e);
    } catch (RuntimeException e) { // of a codec of the application
      if (!events.isHeard(AGClientSocket.ERROR)) {
        events.unheard("What the server sent could not be processed", e);
      }
      connection.fail(CloseCode.INTERNAL_ERROR, null, e); // which emits it
    }
  }

  private void dispatchAll(Connection connection, byte[] message) throws MalformedMessageException {
    for (Packet packet : options.get().codecEngine().decode(message)) {
      if (!current.isCurrent(connection)) {
        return; // one of them has ended it
      }
      dispatcher.dispatch(connection, packet);
    }
  }

  private boolean answerPing(Connection connection, byte[] message) {
    boolean isVersionOne = options.get().protocolVersion() == ProtocolVersion.V1;
    boolean isPing = isVersionOne ? Arrays.equals(message, VERSION_ONE_PING) : message.length == 0;
    if (isPing) {
      connection.pong(isVersionOne ? VERSION_ONE_PONG : NOTHING);
    }
    return isPing;
  }
}
