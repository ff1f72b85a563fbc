// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.socket;

import io.socketcluster.core.InboundCall;
import io.socketcluster.core.InboundMessage;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.stream.ConsumptionErrorHandler;
import io.socketcluster.stream.StreamDemux;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The three families of streams of a socket. They keep what arrives from the start until the
 * application has had the time to register its consumers: nothing is lost between connect and the
 * first line of a handler. Thread-safe.
 */
final class SocketStreams {
  /** How many packets are kept for consumers that have not come yet. */
  private static final int RETAINED = 256;

  /** How many events are kept; more, since a client that comes back subscribes to all it had. */
  private static final int RETAINED_EVENTS = 4096;

  private final StreamDemux<Object> listeners;
  private final StreamDemux<InboundMessage> receivers;
  private final StreamDemux<InboundCall> procedures;
  private volatile boolean keeping = true;

  /**
   * Creates the streams.
   *
   * @param onHandlerFailure told what a handler threw
   * @param handlers runs the handlers
   */
  SocketStreams(Consumer<Throwable> onHandlerFailure, Executor handlers) {
    ConsumptionErrorHandler failed =
        (item, failure) -> {
          if (item instanceof InboundCall call) {
            call.abandon(failure); // the caller gets an answer
          }
          onHandlerFailure.accept(failure);
        };
    listeners = new StreamDemux<>(failed, handlers);
    receivers = new StreamDemux<>(failed, handlers);
    procedures = new StreamDemux<>(failed, handlers);
    listeners.retain(RETAINED_EVENTS, name -> !name.equals(AGServerSocket.MESSAGE.name()));
    receivers.retain(RETAINED, SocketStreams::isOfApplication);
    procedures.retain(RETAINED, SocketStreams::isOfApplication);
  }

  /** The reserved events are for those who observe the protocol; they are not kept. */
  private static boolean isOfApplication(String name) {
    return !name.startsWith("#");
  }

  StreamDemux<Object> listeners() {
    return listeners;
  }

  StreamDemux<InboundMessage> receivers() {
    return receivers;
  }

  StreamDemux<InboundCall> procedures() {
    return procedures;
  }

  /** Returns whether so much is kept that reading has to wait until {@link #release}. */
  boolean isSaturated() {
    return receivers.isSaturated() || procedures.isSaturated() || listeners.isSaturated();
  }

  /** Returns whether something is kept or waits that came from the client. */
  boolean isBehind() {
    return receivers.getBackpressureAll() > 0
        || procedures.getBackpressureAll() > 0
        || listeners.getBackpressureAll() > 0
        || receivers.hasUnclaimed()
        || procedures.hasUnclaimed();
  }

  /** Returns whether what nobody consumes yet is kept. */
  boolean isKeeping() {
    return keeping;
  }

  /** The application has had its time: from now on what nobody consumes is dropped. */
  void release() {
    keeping = false;
    listeners.release();
    receivers.release();
    procedures.release();
  }

  /** Ends the consumers of what came from the client, at once. */
  void killInbound() {
    receivers.killAll();
    procedures.killAll();
  }

  /** Ends every consumer after its backlog, and whoever comes later. */
  void endAfterBacklog() {
    receivers.endAfterBacklog();
    procedures.endAfterBacklog();
    listeners.endAfterBacklog();
  }

  /** Ends every consumer at once, and whoever comes later. */
  void end() {
    receivers.end();
    procedures.end();
    listeners.end();
  }
}
