// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.dispatch;

import io.socketcluster.core.streams.InboundMessage;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.internal.events.ServerStreams;
import io.socketcluster.server.internal.events.SocketEvents;
import io.socketcluster.server.internal.inbound.InboundMiddleware;
import io.socketcluster.server.internal.outbound.ReservedAnswers;
import org.jspecify.annotations.Nullable;

/** The events of a client that are for receivers and procedures. Event loop only. */
public final class ApplicationEvents {
  private final InboundMiddleware middleware;
  private final ServerStreams streams;
  private final InboundCalls calls;
  private final ReservedAnswers answers;
  private final SocketEvents events;

  public ApplicationEvents(
      InboundMiddleware middleware,
      ServerStreams streams,
      InboundCalls calls,
      ReservedAnswers answers,
      SocketEvents events) {
    this.middleware = middleware;
    this.streams = streams;
    this.calls = calls;
    this.answers = answers;
    this.events = events;
  }

  /** Takes an event, which goes to the application unless the middleware blocks it. */
  public void accept(EventPacket packet, @Nullable AuthTokenExpiredError expired) {
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
    if (packet.isInvoke()) {
      calls.deliver(packet, data);
    } else {
      streams.receivers().write(packet.event(), new InboundMessage(compact(data), events::error));
    }
  }

  /** What may be kept for a while must not keep a much larger message alive. */
  private static @Nullable Payload compact(@Nullable Payload data) {
    return data == null ? null : data.compact();
  }
}
