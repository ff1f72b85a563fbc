// SPDX-License-Identifier: MIT
package io.socketcluster.core.streams;

import io.socketcluster.core.AGSocket;
import io.socketcluster.stream.ConsumptionErrorHandler;
import io.socketcluster.stream.StreamDemux;
import java.util.concurrent.Executor;

/**
 * The listeners, receivers and procedures of a socket. In JavaScript nothing arrives between the
 * creation of a socket and the next line; in Java it may. The streams therefore retain what arrives
 * for consumers that come later, until {@link #release}. Thread-safe.
 */
public class SocketStreams {
  private final StreamDemux<Object> listeners;
  private final StreamDemux<InboundMessage> receivers;
  private final StreamDemux<InboundCall> procedures;
  private volatile boolean retaining;

  /** Creates streams whose handlers run on virtual threads. */
  protected SocketStreams(ConsumptionErrorHandler failures) {
    listeners = new StreamDemux<>(failures);
    receivers = new StreamDemux<>(failures);
    procedures = new StreamDemux<>(failures);
  }

  /** Creates streams whose handlers run on an executor. */
  protected SocketStreams(ConsumptionErrorHandler failures, Executor handlers) {
    listeners = new StreamDemux<>(failures, handlers);
    receivers = new StreamDemux<>(failures, handlers);
    procedures = new StreamDemux<>(failures, handlers);
  }

  public final StreamDemux<Object> listeners() {
    return listeners;
  }

  public final StreamDemux<InboundMessage> receivers() {
    return receivers;
  }

  public final StreamDemux<InboundCall> procedures() {
    return procedures;
  }

  /**
   * Begins to retain. The events of the protocol are for observers and are not retained.
   *
   * @param events how many events each listener retains
   * @param packets how many packets each receiver and procedure retains
   */
  protected final void retain(int events, int packets) {
    retaining = true;
    retainListeners(events);
    receivers.retain(packets, SocketStreams::isOfApplication);
    procedures.retain(packets, SocketStreams::isOfApplication);
  }

  /** Begins to retain events only. */
  protected final void retainListeners(int events) {
    listeners.retain(events, name -> !name.equals(AGSocket.MESSAGE.name()));
  }

  private static boolean isOfApplication(String name) {
    return !name.startsWith("#");
  }

  /** Returns whether the streams retain what nobody consumes yet. */
  public final boolean isRetaining() {
    return retaining;
  }

  /** Returns whether streams without a consumer retain as much as they may. */
  public final boolean isSaturated() {
    return receivers.isSaturated() || procedures.isSaturated() || listeners.isSaturated();
  }

  /** Ends retaining: from now on what nobody consumes is dropped. */
  public void release() {
    retaining = false;
    listeners.release();
    receivers.release();
    procedures.release();
  }
}
