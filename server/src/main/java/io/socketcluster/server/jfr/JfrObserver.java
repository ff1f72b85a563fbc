// SPDX-License-Identifier: MIT
package io.socketcluster.server.jfr;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.HandshakeRefusal;
import io.socketcluster.server.ServerObserver;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import jdk.jfr.Event;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a server does into the recordings of Java Flight Recorder, as events {@code
 * io.socketcluster.*}. Set it as the option {@code serverObserver}, together with another observer
 * by {@link ServerObserver#andThen}. While nothing is recorded an event costs a few nanoseconds.
 * Thread-safe.
 */
public final class JfrObserver implements ServerObserver {
  private static final Duration DEFAULT_SLOW_CALL = Duration.ofMillis(20);

  private final long slowCallNanos;

  /** Records calls that took at least 20 ms, and all other events. */
  public JfrObserver() {
    this(DEFAULT_SLOW_CALL);
  }

  /**
   * Records calls that took at least a given time, and all other events.
   *
   * @throws InvalidOptionsError if it is negative
   */
  public JfrObserver(Duration slowCall) {
    if (slowCall.isNegative()) {
      throw new InvalidOptionsError(
          "The option slowCall must be at least 0 ms, but was " + slowCall.toMillis() + " ms");
    }
    this.slowCallNanos = slowCall.toNanos();
  }

  /** Only then the fields are worth their price. */
  private static boolean isWanted(Event event) {
    return event.shouldCommit();
  }

  private static @Nullable String text(@Nullable InetAddress address) {
    return address == null ? null : address.getHostAddress();
  }

  @Override
  public void connectionOpened(AGServerSocket socket) {
    FlightEvents.ConnectionOpened event = new FlightEvents.ConnectionOpened();
    if (isWanted(event)) {
      event.socketId = socket.id();
      event.clientAddress = text(socket.request().clientAddress());
      event.commit();
    }
  }

  @Override
  public void handshakeCompleted(AGServerSocket socket) {
    FlightEvents.HandshakeCompleted event = new FlightEvents.HandshakeCompleted();
    if (isWanted(event)) {
      event.socketId = socket.id();
      event.commit();
    }
  }

  @Override
  public void connectionClosed(AGServerSocket socket, int code) {
    FlightEvents.ConnectionClosed event = new FlightEvents.ConnectionClosed();
    if (isWanted(event)) {
      event.socketId = socket.id();
      event.code = code;
      event.commit();
    }
  }

  @Override
  public void callAnswered(AGServerSocket socket, String procedure, long nanos, boolean isError) {
    if (nanos < slowCallNanos) {
      return;
    }
    FlightEvents.SlowCall event = new FlightEvents.SlowCall();
    if (isWanted(event)) {
      event.socketId = socket.id();
      event.procedure = procedure;
      event.took = nanos;
      event.isError = isError;
      event.commit();
    }
  }

  @Override
  public void invokeCompleted(AGServerSocket socket, String name, long nanos, boolean isError) {
    if (nanos < slowCallNanos) {
      return;
    }
    FlightEvents.SlowInvoke event = new FlightEvents.SlowInvoke();
    if (isWanted(event)) {
      event.socketId = socket.id();
      event.event = name;
      event.took = nanos;
      event.isError = isError;
      event.commit();
    }
  }

  @Override
  public void publishDelivered(String channel, int sockets, int bytes) {
    FlightEvents.PublishDelivered event = new FlightEvents.PublishDelivered();
    if (isWanted(event)) {
      event.channel = channel;
      event.sockets = sockets;
      event.bytes = bytes;
      event.commit();
    }
  }

  @Override
  public void publishDropped(AGServerSocket socket, int bytes) {
    FlightEvents.PublishDropped event = new FlightEvents.PublishDropped();
    if (isWanted(event)) {
      event.socketId = socket.id();
      event.bytes = bytes;
      event.commit();
    }
  }

  @Override
  public void slowConsumerClosed(AGServerSocket socket, long waitingBytes) {
    FlightEvents.SlowConsumerClosed event = new FlightEvents.SlowConsumerClosed();
    if (isWanted(event)) {
      event.socketId = socket.id();
      event.waitingBytes = waitingBytes;
      event.commit();
    }
  }

  @Override
  public void outboundWaiting(AGServerSocket socket, int messages, long bytes) {
    FlightEvents.OutboundWaiting event = new FlightEvents.OutboundWaiting();
    if (isWanted(event)) {
      event.socketId = socket.id();
      event.messages = messages;
      event.bytes = bytes;
      event.commit();
    }
  }

  @Override
  public void memoryLimited(AGServerSocket socket, long heldBytes) {
    FlightEvents.MemoryLimited event = new FlightEvents.MemoryLimited();
    if (isWanted(event)) {
      event.socketId = socket.id();
      event.heldBytes = heldBytes;
      event.commit();
    }
  }

  @Override
  public void handshakeQueued(int waiting) {
    FlightEvents.HandshakeQueued event = new FlightEvents.HandshakeQueued();
    if (isWanted(event)) {
      event.waiting = waiting;
      event.commit();
    }
  }

  @Override
  public void handshakeRefused(HandshakeRefusal why, @Nullable InetAddress clientAddress) {
    FlightEvents.HandshakeRefused event = new FlightEvents.HandshakeRefused();
    if (isWanted(event)) {
      event.reason = why.name().toLowerCase(Locale.ROOT);
      event.clientAddress = text(clientAddress);
      event.commit();
    }
  }

  @Override
  public void requestRefused(@Nullable InetAddress clientAddress) {
    FlightEvents.RequestRefused event = new FlightEvents.RequestRefused();
    if (isWanted(event)) {
      event.clientAddress = text(clientAddress);
      event.commit();
    }
  }

  @Override
  public void rateLimited(AGServerSocket socket) {
    FlightEvents.RateLimited event = new FlightEvents.RateLimited();
    if (isWanted(event)) {
      event.socketId = socket.id();
      event.commit();
    }
  }
}
