// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.outbound;

import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.internal.events.RecordedEvents;
import io.socketcluster.server.internal.events.SocketLines;
import io.socketcluster.server.internal.events.TestLines;
import io.socketcluster.server.internal.heartbeat.ClientVersion;
import io.socketcluster.server.internal.heartbeat.Heartbeat;
import io.socketcluster.server.internal.heartbeat.Liveness;
import io.socketcluster.server.internal.inbound.InboundOrder;
import io.socketcluster.server.internal.inbound.TestOrder;
import io.socketcluster.server.internal.loop.LoopTime;
import io.socketcluster.server.internal.loop.StubLife;
import io.socketcluster.server.internal.memory.MemoryAccount;
import io.socketcluster.server.internal.memory.MemoryBound;
import io.socketcluster.server.internal.memory.MemoryLimits;
import io.socketcluster.server.internal.memory.ServerMemory;
import io.socketcluster.server.internal.transport.EmbeddedWire;
import java.util.List;

/** The sending side of a socket without a network, for tests of what is built on it. */
public final class TestOutput implements AutoCloseable {
  private static final long ENOUGH = 1 << 20;

  private final StubLife life = new StubLife();
  private final EmbeddedWire wire;
  private final RecordedEvents recorded;
  private final TestLines middleware;
  private final SocketLines lines;
  private final MemoryAccount account;
  private final Heartbeat heartbeat;
  private final SocketWriter writer;
  private final InboundOrder order = new TestOrder().order();

  public TestOutput(AGEndpoint endpoint) {
    this(endpoint, AGServerOptions.DEFAULT);
  }

  public TestOutput(AGEndpoint endpoint, AGServerOptions options) {
    wire = new EmbeddedWire(options);
    recorded = new RecordedEvents(options);
    middleware = new TestLines(options);
    lines = new SocketLines(middleware.ofLoop(), recorded.events(), life);
    account = new Account(new ServerMemory(new MemoryLimits(ENOUGH, ENOUGH)));
    Liveness liveness = new Liveness(options, new LoopTime(1, 0), 0);
    heartbeat =
        new Heartbeat(liveness, new ClientVersion(endpoint), wire.connection(), endpoint, life);
    writer = new SocketWriter(wire.connection(), endpoint.codecEngine(), account, lines, heartbeat);
  }

  /** An account that has room for all. */
  private final class Account extends MemoryAccount {
    Account(ServerMemory memory) {
      super(memory.forLoop(wire.eventLoop()));
    }

    @Override
    protected long measure() {
      return 0;
    }

    @Override
    protected void giveUp(MemoryBound bound, long heldBytes) {
      throw new AssertionError("Nothing is kept here");
    }
  }

  public StubLife life() {
    return life;
  }

  public EmbeddedWire wire() {
    return wire;
  }

  public RecordedEvents recorded() {
    return recorded;
  }

  public TestLines middleware() {
    return middleware;
  }

  public SocketLines lines() {
    return lines;
  }

  public MemoryAccount account() {
    return account;
  }

  public Heartbeat heartbeat() {
    return heartbeat;
  }

  public SocketWriter writer() {
    return writer;
  }

  public InboundOrder order() {
    return order;
  }

  /** Returns the messages that were sent since the last call. */
  public List<String> sent() {
    return wire.sent();
  }

  @Override
  public void close() {
    wire.close();
  }
}
