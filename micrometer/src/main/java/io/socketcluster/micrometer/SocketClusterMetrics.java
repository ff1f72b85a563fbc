// SPDX-License-Identifier: MIT
package io.socketcluster.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.HandshakeRefusal;
import io.socketcluster.server.ServerObserver;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a server does in a Micrometer registry. Give it to the server as the option {@code
 * serverObserver}, and call {@link #bindTo} for the gauges. {@code docs/metrics.md} lists the
 * meters.
 *
 * <p>No tag has a value that clients choose without a bound: a close code outside of the known ones
 * is {@code other}, and so is a procedure beyond the first hundred. Channels and users are no tags.
 *
 * <p>Thread-safe. Counting takes no lock.
 */
public final class SocketClusterMetrics implements ServerObserver {
  private final MeterRegistry registry;
  private final Counter opened;
  private final Counter handshakes;
  private final CodeCounters closed;
  private final Counter received;
  private final Counter receivedBytes;
  private final Counter sent;
  private final Counter sentBytes;
  private final CallTimers calls;
  private final CallTimers invokes;
  private final Counter published;
  private final Counter delivered;
  private final Counter deliveredBytes;
  private final Counter dropped;
  private final Counter slowClosed;
  private final DistributionSummary waiting;
  private final Counter memoryLimited;
  private final Counter rateLimited;
  private final Counter queued;
  private final RefusalCounters refused;
  private final Counter refusedRequests;

  /** Creates the meters. They are in the registry from now on, with the value 0. */
  public SocketClusterMetrics(MeterRegistry registry) {
    this.registry = registry;
    opened = counter("connections.opened", "Connections that were upgraded");
    handshakes = counter("handshakes.completed", "Sockets that completed their handshake");
    closed = new CodeCounters(registry);
    received = counter("messages.received", "Messages of clients, whatever is in them");
    receivedBytes = bytes("messages.received.size", "Their bytes, before they are inflated");
    sent = counter("messages.sent", "Messages to one socket: answers, events, calls, batches");
    sentBytes = bytes("messages.sent.size", "Their bytes, before they are compressed");
    calls = new CallTimers(registry, "socketcluster.calls", "Calls of clients", "procedure");
    invokes = new CallTimers(registry, "socketcluster.invokes", "Calls to clients", "event");
    published = counter("publishes", "Publishes of clients that were passed to the broker");
    delivered = counter("deliveries", "Sockets that a publish was handed to");
    deliveredBytes = bytes("deliveries.size", "The bytes that they get");
    dropped = counter("publishes.dropped", "Publishes dropped for a socket that reads too slowly");
    slowClosed = counter("slow.consumers.closed", "Sockets closed because they read too slowly");
    waiting =
        DistributionSummary.builder("socketcluster.outbound.waiting")
            .description("Bytes that wait for a socket that does not read them at once")
            .baseUnit("bytes")
            .register(registry);
    memoryLimited = counter("memory.limited", "Sockets closed because of the memory kept for them");
    rateLimited = counter("rate.limited", "Pauses of sockets that send faster than a rate allows");
    queued = counter("handshakes.queued", "Connections that waited for their handshake");
    refused = new RefusalCounters(registry);
    refusedRequests = counter("requests.refused", "Plain requests that were answered with 503");
  }

  private Counter counter(String name, String description) {
    return Counter.builder("socketcluster." + name).description(description).register(registry);
  }

  private Counter bytes(String name, String description) {
    return Counter.builder("socketcluster." + name)
        .description(description)
        .baseUnit("bytes")
        .register(registry);
  }

  /**
   * Adds the gauges of a server: its sockets before and after the handshake, and whether its broker
   * engine is ready. The registry does not keep the server from being collected.
   */
  public void bindTo(AGServer server) {
    Gauge.builder("socketcluster.clients", server, AGServer::clientsCount)
        .description("Sockets that have completed their handshake")
        .register(registry);
    Gauge.builder("socketcluster.clients.pending", server, AGServer::pendingClientsCount)
        .description("Sockets whose handshake is in progress")
        .register(registry);
    Gauge.builder(
            "socketcluster.broker.ready", server, each -> each.brokerEngine().isReady() ? 1 : 0)
        .description("1 while the broker engine is ready")
        .register(registry);
  }

  @Override
  public void connectionOpened(AGServerSocket socket) {
    opened.increment();
  }

  @Override
  public void handshakeCompleted(AGServerSocket socket) {
    handshakes.increment();
  }

  @Override
  public void connectionClosed(AGServerSocket socket, int code) {
    closed.increment(code);
  }

  @Override
  public void messageReceived(AGServerSocket socket, int bytes) {
    received.increment();
    receivedBytes.increment(bytes);
  }

  @Override
  public void messageSent(AGServerSocket socket, int bytes) {
    sent.increment();
    sentBytes.increment(bytes);
  }

  @Override
  public void callAnswered(AGServerSocket socket, String procedure, long nanos, boolean isError) {
    calls.of(procedure, isError).record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void invokeCompleted(AGServerSocket socket, String event, long nanos, boolean isError) {
    invokes.of(event, isError).record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void published(AGServerSocket socket, String channel) {
    published.increment();
  }

  @Override
  public void publishDelivered(String channel, int sockets, int bytes) {
    delivered.increment(sockets);
    deliveredBytes.increment((double) sockets * bytes);
  }

  @Override
  public void publishDropped(AGServerSocket socket, int bytes) {
    dropped.increment();
  }

  @Override
  public void slowConsumerClosed(AGServerSocket socket, long waitingBytes) {
    slowClosed.increment();
  }

  @Override
  public void outboundWaiting(AGServerSocket socket, int messages, long bytes) {
    waiting.record((double) bytes);
  }

  @Override
  public void memoryLimited(AGServerSocket socket, long heldBytes) {
    memoryLimited.increment();
  }

  @Override
  public void handshakeQueued(int nowWaiting) {
    queued.increment();
  }

  @Override
  public void handshakeRefused(HandshakeRefusal why, @Nullable InetAddress clientAddress) {
    refused.increment(why);
  }

  @Override
  public void requestRefused(@Nullable InetAddress clientAddress) {
    refusedRequests.increment();
  }

  @Override
  public void rateLimited(AGServerSocket socket) {
    rateLimited.increment();
  }
}
