// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.dispatch;

import io.socketcluster.core.streams.InboundCall;
import io.socketcluster.core.streams.InboundMessage;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Footprint;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.server.RequestInterceptor;
import io.socketcluster.server.RequestInterceptor.Interception;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.internal.events.ServerStreams;
import io.socketcluster.server.internal.events.SocketEvents;
import io.socketcluster.server.internal.heartbeat.Heartbeat;
import io.socketcluster.server.internal.inbound.InboundOrder;
import io.socketcluster.server.internal.outbound.Responder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events with a call id on their way to the application. In version 2 they are for procedures.
 * In version 1 most have an id whether their answer is awaited or not (up to client 5.1.0): what no
 * procedure consumes is for the receiver of its name. Event loop only.
 */
public final class InboundCalls {
  private final ServerStreams streams;
  private final SocketEvents events;
  private final Responder responder;
  private final Heartbeat heartbeat;
  private final InboundOrder order;
  private @Nullable List<UnclaimedCall> unclaimed; // created by the first

  public InboundCalls(
      ServerStreams streams,
      SocketEvents events,
      Responder responder,
      Heartbeat heartbeat,
      InboundOrder order) {
    this.streams = streams;
    this.events = events;
    this.responder = responder;
    this.heartbeat = heartbeat;
    this.order = order;
  }

  /** As long as it is not known which version this is, and that matters, the packets wait. */
  public void deliver(EventPacket packet, @Nullable Payload sent) {
    Payload data = sent == null ? null : sent.compact();
    if (!responder.received(packet.cid(), bytesOf(packet, data))) {
      return;
    }
    if (isConsumed(packet.event())) {
      responder.watch(packet.cid(), packet.event());
      write(packet, data);
      return;
    }
    if (!heartbeat.askIfUnknown(events.options().pingTimeout())) {
      deliverKnown(packet, data);
      return;
    }
    order.hold();
    heartbeat.whenKnown(
        () -> {
          if (!order.isStopped()) {
            deliverKnown(packet, data);
          }
          order.release();
        });
  }

  private static long bytesOf(EventPacket packet, @Nullable Payload data) {
    Footprint footprint = new Footprint();
    footprint.add(packet.event());
    footprint.add(packet.traceparent());
    footprint.add(data);
    return footprint.bytes();
  }

  private void deliverKnown(EventPacket packet, @Nullable Payload data) {
    String name = packet.event();
    if (!heartbeat.version().maySendMessagesAsCalls() || isConsumed(name)) {
      request(packet, data);
    } else if (streams.isRetaining() && streams.receivers().getConsumerCount(name) == 0) {
      retain(packet, data);
    } else {
      streams.receivers().write(name, new InboundMessage(data, events::error));
      responder.accept(ResponsePacket.success(packet.cid(), null));
    }
  }

  /**
   * The streams retain nothing any more: of what no procedure has taken nor will take, messages are
   * answered, and the application is told of calls.
   */
  public void endRetention() {
    List<UnclaimedCall> retained = unclaimed;
    unclaimed = null;
    if (retained == null) {
      return;
    }
    for (UnclaimedCall each : retained) {
      String procedure = each.call().procedure();
      if (!isConsumed(procedure) && !each.becomeMessage() && !each.call().isTaken()) {
        events.unconsumed(procedure);
      }
    }
  }

  /**
   * Tells the application of a call that it has not answered; returns in how many nanoseconds there
   * may be another.
   */
  public long sweep() {
    String procedure = responder.overdue();
    if (procedure != null && isConsumed(procedure)) {
      events.unanswered(procedure);
    }
    return responder.untilOverdue();
  }

  private boolean isConsumed(String procedure) {
    return streams.procedures().getConsumerCount(procedure) > 0;
  }

  private void request(EventPacket packet, @Nullable Payload data) {
    boolean isConsumed = isConsumed(packet.event());
    if (isConsumed) {
      responder.watch(packet.cid(), packet.event());
    }
    InboundCall call = write(packet, data);
    if (call == null || isConsumed) {
      return;
    }
    if (streams.isRetaining()) {
      addUnclaimed(UnclaimedCall.certain(call));
    } else {
      events.unconsumed(packet.event());
    }
  }

  private @Nullable InboundCall write(EventPacket packet, @Nullable Payload data) {
    InboundCall call = create(packet, data);
    if (call != null) {
      streams.procedures().write(packet.event(), call);
    }
    return call;
  }

  private void addUnclaimed(UnclaimedCall call) {
    List<UnclaimedCall> calls = unclaimed;
    if (calls == null) {
      calls = new ArrayList<>();
      unclaimed = calls;
    }
    calls.add(call);
  }

  /** Nobody consumes either yet: both streams retain it, and its first consumer takes it. */
  private void retain(EventPacket packet, @Nullable Payload data) {
    InboundCall call = create(packet, data);
    if (call == null) {
      return;
    }
    UnclaimedCall either = UnclaimedCall.perhaps(call);
    addUnclaimed(either);
    streams.procedures().write(packet.event(), either.call());
    streams.receivers().write(packet.event(), either.message(events::error));
  }

  /** Returns null when the interceptor failed; the caller knows it then. */
  private @Nullable InboundCall create(EventPacket packet, @Nullable Payload data) {
    Consumer<ResponsePacket> observed = observed(packet.event());
    RequestInterceptor interceptor = events.options().requestInterceptor();
    if (interceptor == null) {
      return new InboundCall(packet.event(), packet.cid(), data, observed)
          .tracedBy(packet.traceparent());
    }
    try {
      Interception interception = interceptor.intercept(events.socket(), packet.event(), data);
      return new InboundCall(
              packet.event(),
              packet.cid(),
              interception.data(data),
              response -> observed.accept(intercepted(interception, response)))
          .tracedBy(packet.traceparent());
    } catch (RuntimeException | Error e) { // an assertion, for instance
      new InboundCall(packet.event(), packet.cid(), data, observed).abandon(e);
      failed(e);
      return null;
    }
  }

  private void failed(Throwable failure) {
    events.failed("The option requestInterceptor failed", failure);
  }

  private ResponsePacket intercepted(Interception interception, ResponsePacket response) {
    Payload error = response.error();
    try {
      return error == null
          ? ResponsePacket.success(response.rid(), interception.end(response.data()))
          : ResponsePacket.failure(response.rid(), interception.error(error));
    } catch (RuntimeException | Error e) { // an assertion, for instance
      failed(e);
      return response;
    }
  }

  /** Without an observer no call needs a responder of its own. */
  private Consumer<ResponsePacket> observed(String procedure) {
    ServerObserver observer = events.observer();
    if (observer.equals(ServerObserver.NONE)) {
      return responder;
    }
    long begin = System.nanoTime();
    return response -> {
      responder.accept(response);
      long nanos = System.nanoTime() - begin;
      observer.callAnswered(events.socket(), procedure, nanos, response.error() != null);
    };
  }
}
