// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.outbound;

import io.socketcluster.core.streams.InboundCall;
import io.socketcluster.core.streams.InboundMessage;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.WireErrors;
import io.socketcluster.server.internal.events.ServerStreams;
import io.socketcluster.server.internal.events.SocketEvents;
import org.jspecify.annotations.Nullable;

/**
 * Answers the reserved events and shows them, once processed, to those who observe the streams of
 * their names. Event loop only.
 */
public final class ReservedAnswers {
  private final SocketWriter writer;
  private final ServerStreams streams;
  private final SocketEvents events;

  public ReservedAnswers(SocketWriter writer, ServerStreams streams, SocketEvents events) {
    this.writer = writer;
    this.streams = streams;
    this.events = events;
  }

  /** The event was processed; an invoke is answered without data. */
  public void succeed(EventPacket packet, @Nullable Payload data) {
    if (packet.isInvoke()) {
      end(packet, null);
      observe(packet, data);
    } else if (streams.receivers().getConsumerCount(packet.event()) > 0) {
      streams.receivers().write(packet.event(), new InboundMessage(data, events::error));
    }
  }

  /** An invoke is answered with {@code result}. */
  public void end(EventPacket packet, @Nullable Payload result) {
    writer.answer(ResponsePacket.success(packet.cid(), result));
  }

  /** The event failed: the server learns it, and the client if it invoked. */
  public void fail(EventPacket packet, Throwable error) {
    events.error(error);
    refuse(packet, error);
  }

  /** A client has sent what can be answered by nothing but the end of its socket. */
  public void error(Throwable error) {
    events.error(error);
  }

  /** The event failed by a fault on this side: that may be logged, and is told likewise. */
  public void failByFault(EventPacket packet, String event, Throwable error) {
    events.failed(event, error);
    refuse(packet, error);
  }

  /** The client learns why not if it invoked. */
  public void refuse(EventPacket packet, Throwable error) {
    if (packet.isInvoke()) {
      writer.answer(ResponsePacket.failure(packet.cid(), WireErrors.dehydrate(error)));
    }
  }

  /** The client learns why not, and data besides, if it invoked. */
  public void refuse(EventPacket packet, Throwable error, Payload data) {
    if (packet.isInvoke()) {
      writer.answer(ResponsePacket.failure(packet.cid(), WireErrors.dehydrate(error), data));
    }
  }

  /** Shows an answered invoke to those who consume the procedure of its name. */
  public void observe(EventPacket packet, @Nullable Payload data) {
    if (streams.procedures().getConsumerCount(packet.event()) > 0) {
      InboundCall call = new InboundCall(packet.event(), packet.cid(), data, response -> {});
      call.end(null);
      streams.procedures().write(packet.event(), call);
    }
  }
}
