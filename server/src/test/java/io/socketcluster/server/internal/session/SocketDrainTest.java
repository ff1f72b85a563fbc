// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.ResponsePacket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketDrainTest {
  private static final String LEFT = SocketDrain.CODE + " " + SocketDrain.REASON;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Socket socket = new Socket();
  private final SocketDrain drain = new SocketDrain(channel.eventLoop(), socket);

  private static final class Socket implements SocketDrain.Drained {
    private final List<Runnable> marks = new ArrayList<>();
    private final List<String> closes = new ArrayList<>();
    private SocketState state = SocketState.OPEN;
    private boolean done;

    @Override
    public SocketState state() {
      return state;
    }

    @Override
    public void mark(Runnable reached) {
      marks.add(reached);
    }

    @Override
    public boolean isDone() {
      return done;
    }

    @Override
    public void leave(int code, String reason) {
      state = SocketState.CLOSED;
      closes.add(code + " " + reason);
    }
  }

  SocketDrainTest() {
    channel.freezeTime();
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private void pass(long millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runPendingTasks();
  }

  @Test
  void aSocketInItsHandshakeLeavesAtOnce() {
    socket.state = SocketState.CONNECTING;
    drain.begin();

    assertThat(socket.closes).containsExactly(LEFT);
  }

  @Test
  void anIdleSocketLeavesAtOnce() {
    socket.done = true;
    drain.begin();
    assertThat(socket.closes).as("what has arrived is dispatched first").isEmpty();
    socket.marks.forEach(Runnable::run);
    pass(2);

    assertThat(socket.closes).containsExactly(LEFT);
  }

  @Test
  void aSocketLeavesWhenNothingIsLeftToDo() {
    drain.begin();
    socket.marks.forEach(Runnable::run);
    pass(1000);
    assertThat(socket.closes).isEmpty();
    socket.done = true;
    pass(100);

    assertThat(socket.closes).containsExactly(LEFT);
    pass(1000);
    assertThat(socket.closes).as("once").hasSize(1);
  }

  @Test
  void onlyPacketsBehindTheMarkAreRefused() {
    EventPacket packet = EventPacket.transmit("event", null);
    drain.begin();
    assertThat(drain.refuses(packet)).isFalse();
    socket.marks.forEach(Runnable::run);

    assertThat(drain.refuses(packet)).isTrue();
    assertThat(drain.refuses(ResponsePacket.success(1, null))).as("a handler waits").isFalse();
  }

  @Test
  void theSecondBeginningChangesNothing() {
    drain.begin();
    drain.begin();

    assertThat(socket.marks).hasSize(1);
  }

  @Test
  void nothingIsLookedAtOnceTheSocketIsClosed() {
    drain.begin();
    socket.marks.forEach(Runnable::run);
    socket.state = SocketState.CLOSED;
    pass(200);
    socket.done = true;
    pass(1000);

    assertThat(socket.closes).isEmpty();
  }
}
