// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ConnectionEvent;
import io.socketcluster.core.ConnectionTimer;
import io.socketcluster.core.EventName;
import io.socketcluster.core.InboundCall;
import io.socketcluster.core.InboundMessage;
import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.StreamDemux;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a socket. In JavaScript nothing arrives between {@code create} and the line after
 * it; here it may. So what arrives is kept for consumers that come later, from the beginning of a
 * connection until a second after its handshake, and of a channel until a second after it was
 * subscribed. The streams are thread-safe, keeping is for the event loop.
 */
final class ClientStreams {
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final int RETAINED = 1024;

  private final SocketLoop loop;
  private final ClientFailures failures;
  private final StreamDemux<Object> listeners;
  private final StreamDemux<InboundMessage> receivers;
  private final StreamDemux<InboundCall> procedures;
  private final StreamDemux<Payload> channelData;
  private final StreamDemux<Object> channelEvents;
  private final List<Runnable> heldBack = new ArrayList<>();
  private boolean holdingBack;
  private boolean keeping;
  private ConnectionTimer.@Nullable Timeout release;

  ClientStreams(SocketLoop loop) {
    this.loop = loop;
    failures = new ClientFailures(this);
    listeners = new StreamDemux<>(failures);
    receivers = new StreamDemux<>(failures);
    procedures = new StreamDemux<>(failures);
    channelData = new StreamDemux<>(failures);
    channelEvents = new StreamDemux<>(failures);
  }

  /** Returns what emits, or logs, the failures of the application. */
  ClientFailures failures() {
    return failures;
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

  StreamDemux<Payload> channelData() {
    return channelData;
  }

  StreamDemux<Object> channelEvents() {
    return channelEvents;
  }

  /** Emits an event of the socket, behind those that are held back. */
  <E> void emit(EventName<E> event, E data) {
    tell(() -> listeners.write(event.name(), data));
  }

  /** Emits an event of a channel, likewise. */
  <E extends ChannelEvent> void emitOnChannel(EventName<E> event, E data) {
    tell(() -> channelEvents.write(data.channel() + "/" + event.name(), data));
  }

  /** Shows an error. Any thread; only on the event loop it has its place among the events. */
  void error(Throwable error) {
    ConnectionEvent.Failure failure = new ConnectionEvent.Failure(error);
    if (loop.isCurrent()) {
      emit(AGClientSocket.ERROR, failure);
    } else {
      listeners.write(AGClientSocket.ERROR.name(), failure);
    }
  }

  private void tell(Runnable event) {
    if (holdingBack) {
      heldBack.add(event);
    } else {
      event.run();
    }
  }

  /** Holds events back, until {@link #goOn}. */
  void holdBack() {
    holdingBack = true;
  }

  /** Emits what was held back. */
  void goOn() {
    holdingBack = false;
    List<Runnable> events = List.copyOf(heldBack);
    heldBack.clear();
    events.forEach(this::tell);
  }

  /** Begins to keep; what was kept before is dropped. */
  void keep() {
    endOfKeeping();
    keeping = true;
    listeners.retain(RETAINED, name -> !name.equals(AGClientSocket.MESSAGE.name()));
    receivers.retain(RETAINED, ClientStreams::isOfApplication);
    procedures.retain(RETAINED, ClientStreams::isOfApplication);
  }

  private static boolean isOfApplication(String name) {
    return !name.startsWith("#");
  }

  /** The connection is there, or has failed: keeping ends soon. */
  void keepForAWhile() {
    if (keeping && release == null) {
      release = loop.schedule(GRACE, this::endOfKeeping);
    }
  }

  /** So much has arrived that nobody wants that no more is kept. */
  void limitKeeping() {
    if (keeping
        && (receivers.isSaturated() || procedures.isSaturated() || listeners.isSaturated())) {
      endOfKeeping();
    }
  }

  private void endOfKeeping() {
    ConnectionTimer.Timeout pending = release;
    release = null;
    if (pending != null) {
      pending.cancel();
    }
    if (keeping) {
      keeping = false;
      listeners.release();
      receivers.release();
      procedures.release();
    }
  }

  /** Begins to keep what a channel brings. */
  void keep(String channel) {
    channelData.retain(channel, RETAINED);
    forEachListener(channel, name -> channelEvents.retain(name, RETAINED));
  }

  /** The channel is subscribed, or will not be: keeping ends soon. */
  void keepForAWhile(String channel) {
    loop.schedule(GRACE, () -> release(channel));
  }

  private void release(String channel) {
    channelData.release(channel);
    forEachListener(channel, channelEvents::release);
  }

  private static void forEachListener(String channel, Consumer<String> action) {
    ChannelEvent.ALL.forEach(event -> action.accept(channel + "/" + event.name()));
  }
}
