// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.inbound;

import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.Packet;
import io.socketcluster.server.internal.turn.LoopTurns;
import java.util.ArrayList;
import java.util.List;

/** An order whose packets are recorded when they are dispatched. */
public final class TestOrder implements InboundOrder.Processor {
  private static final int BYTE_LIMIT = 100_000;

  private final List<Packet> dispatched = new ArrayList<>();
  private final InboundOrder order =
      new InboundOrder(this, new LoopTurns((task, nanos) -> {}, () -> 0), BYTE_LIMIT);

  public InboundOrder order() {
    return order;
  }

  public List<Packet> dispatched() {
    return dispatched;
  }

  @Override
  public void grew(int bytes) {}

  @Override
  public List<Packet> decode(byte[] message) {
    return new JsonCodec().decode(message);
  }

  @Override
  public List<Packet> peek(byte[] message) {
    return decode(message);
  }

  @Override
  public void dispatch(Packet packet) {
    dispatched.add(packet);
  }

  @Override
  public boolean awaitsAnswer() {
    return false;
  }

  @Override
  public void onRoom() {}

  @Override
  public void setReading(boolean reading) {}
}
