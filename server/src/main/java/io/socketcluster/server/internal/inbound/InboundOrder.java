// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.inbound;

import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.server.internal.turn.LoopTurns;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a socket's packets in order, and its share of a turn of the event loop. While one of them
 * waits for a decision (a middleware, the broker, a token) the later ones wait here, and past a
 * bound of bytes reading stops. Other sockets never wait, and neither do answers of the client:
 * what the decision depends on may be the answer to a call that was made meanwhile. Event loop
 * only, except {@link #backlog}.
 *
 * <p>With each read a socket may have {@link #SHARE} packets dispatched, as long as its messages
 * are no longer than one read brings. The rest is done with what {@link LoopTurns} lends.
 */
public final class InboundOrder implements LoopTurns.Work {
  /** What is done with messages and packets. */
  public interface Processor {
    /** A message of this size is kept, or its turn has come. */
    void grew(int bytes);

    /** Decodes a message in its turn; an empty list when there is nothing to dispatch. */
    List<Packet> decode(byte[] message);

    /** Reads the packets of a message before its turn, without any effect; empty when it cannot. */
    List<Packet> peek(byte[] message);

    /** Acts on a packet; calls {@link InboundOrder#hold} when that is not done on return. */
    void dispatch(Packet packet);

    /** Returns whether the application waits for an answer of the client. */
    boolean awaitsAnswer();

    /** Less waits than before, though reading is still paused. */
    void onRoom();

    /** Stops or starts reading from the client. */
    void setReading(boolean reading);
  }

  /** What keeping a message costs besides its bytes: also the empty ones have a price. */
  private static final int MESSAGE_OVERHEAD = 32;

  /** More than a well-behaved client sends in one turn, and little beside what a read costs. */
  private static final int SHARE = 32;

  /** What one read brings at most; decoding it takes some microseconds. */
  private static final int LARGE = 16_384;

  private final Processor processor;
  private final LoopTurns turns;
  private final int byteLimit;
  private @Nullable ArrayDeque<Posted> posted; // made when the first one has to wait
  private @Nullable ArrayDeque<Runnable> interjections; // made when there is one
  private Iterator<Packet> batch = Collections.emptyIterator();
  private int holds;
  private int waitingBytes;
  private int decodedBytes; // of the message whose packets are being dispatched
  private boolean paused;
  private boolean stopped;
  private boolean running;
  private boolean resumedLater; // by the turns
  private int dispatched; // since the last read
  private volatile int backlog;

  public InboundOrder(Processor processor, LoopTurns turns, int byteLimit) {
    this.processor = processor;
    this.turns = turns;
    this.byteLimit = byteLimit;
  }

  /** Takes a message, now or after those that wait. */
  public void accept(byte[] message) {
    if (stopped) {
      return;
    }
    if (mayProceed() && mayBegin(message)) {
      begin(message);
      proceed();
    } else {
      post(message);
    }
    processor.grew(message.length);
  }

  /** What the socket had to say for now has been accepted. */
  public void readComplete() {
    dispatched = 0;
  }

  /** Runs a task once all that has been accepted so far has been dispatched. */
  public void mark(Runnable reached) {
    if (isIdle()) {
      reached.run();
    } else if (!stopped) {
      enqueue(new Posted.Mark(reached));
    }
  }

  /** Returns whether nothing waits and nothing is held. */
  public boolean isIdle() {
    return holds == 0 && !running && posted == null && !batch.hasNext();
  }

  /** The packet being dispatched is not done; the next one waits until {@link #release}. */
  public void hold() {
    holds++;
  }

  /** Runs a task as soon as nothing waits for a decision: before the packets that wait. */
  public void interject(Runnable task) {
    if (stopped) {
      return;
    }
    ArrayDeque<Runnable> queue = interjections;
    if (queue == null) {
      queue = new ArrayDeque<>(2);
      interjections = queue;
    }
    queue.add(task);
    if (mayProceed()) {
      proceed();
    }
  }

  /** What {@link #hold} waited for is done. */
  public void release() {
    holds--;
    if (mayProceed()) {
      proceed();
    }
  }

  @Override
  public void resume() {
    resumedLater = false;
    if (mayProceed()) {
      proceed();
    }
  }

  private boolean mayProceed() {
    return holds == 0 && !running && !resumedLater;
  }

  /** The application waits for an answer, which has to be read. */
  public void answerAwaited() {
    resumeReading(readingLimit());
  }

  /** Drops all that waits; nothing is dispatched after this. */
  public void stop() {
    stopped = true;
    posted = null;
    interjections = null;
    batch = Collections.emptyIterator();
    waitingBytes = 0;
    backlog = 0;
  }

  /** Returns what lends the order its time. */
  public LoopTurns turns() {
    return turns;
  }

  /** Returns whether the socket is closed and nothing is dispatched any more. */
  public boolean isStopped() {
    return stopped;
  }

  public boolean isPaused() {
    return paused;
  }

  /** Returns how many messages wait. Any thread. */
  public int backlog() {
    return backlog;
  }

  /** Returns whether more may wait, not counting so many bytes of what does. */
  boolean hasRoomBeside(int bytes) {
    return waitingBytes - bytes - (long) backlog * MESSAGE_OVERHEAD <= readingLimit();
  }

  /** Returns how many bytes the messages have that wait or are being decided about. */
  public long heldBytes() {
    return (long) waitingBytes + (holds > 0 && !stopped ? decodedBytes : 0);
  }

  /** A message of this size waits, here or in front of the order. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the event loop
  public void waits(int bytes) {
    backlog++;
    waitingBytes += bytes + MESSAGE_OVERHEAD;
    if (waitingBytes > readingLimit() && !paused) {
      paused = true;
      processor.setReading(false);
    }
  }

  /** It does not wait any more. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the event loop
  void waitsNoMore(int bytes) {
    if (!stopped) {
      backlog--;
      waitingBytes -= bytes + MESSAGE_OVERHEAD;
    }
  }

  /** The answer that is awaited may be behind what fills the buffer. */
  private long readingLimit() {
    return processor.awaitsAnswer() ? 2L * byteLimit : byteLimit;
  }

  /** Reads again if what waits has become little enough. */
  void readOn() {
    if (paused && !stopped) {
      processor.onRoom();
    }
    resumeReading(byteLimit / 2);
  }

  /** Dispatches until something has to wait; not recursive, whoever calls {@link #release}. */
  private void proceed() {
    running = true;
    try {
      while (holds == 0 && !stopped && hasNext() && mayStep()) {
        step();
      }
    } finally {
      running = false;
      turns.done(this);
    }
    readOn();
  }

  private boolean hasNext() {
    return batch.hasNext() || interjections != null || posted != null;
  }

  private void step() {
    if (interjections != null) {
      interjectNext(interjections);
    } else if (batch.hasNext()) {
      dispatched++;
      processor.dispatch(nextOfBatch());
    } else {
      takeNext();
    }
  }

  private boolean mayStep() {
    return (dispatched < SHARE && !isLargeNext()) || isLent();
  }

  private boolean isLent() {
    resumedLater = !turns.lends(this);
    return !resumedLater;
  }

  private boolean mayBegin(byte[] message) {
    return message.length <= LARGE || isLent();
  }

  private boolean isLargeNext() {
    ArrayDeque<Posted> queue = posted;
    Posted next = queue == null || batch.hasNext() ? null : queue.peek();
    return next != null && next.size() > LARGE;
  }

  /** An idle socket keeps nothing of its last message. */
  private Packet nextOfBatch() {
    Packet next = batch.next();
    if (!batch.hasNext()) {
      batch = Collections.emptyIterator();
    }
    return next;
  }

  private void interjectNext(ArrayDeque<Runnable> queue) {
    Runnable next = queue.poll();
    if (next == null) {
      interjections = null;
    } else {
      dispatched++;
      next.run();
    }
  }

  private void takeNext() {
    ArrayDeque<Posted> queue = posted;
    Posted next = queue == null ? null : queue.poll();
    if (queue == null || next == null) {
      posted = null;
      return;
    }
    if (queue.isEmpty()) {
      posted = null;
    }
    waitsNoMore(next.size());
    switch (next) {
      case Posted.Mark mark -> mark.reached().run();
      case Posted.Message message -> begin(message.bytes());
      case Posted.Packets packets -> begin(packets);
    }
  }

  private void begin(byte[] message) {
    decodedBytes = message.length;
    processor.grew(message.length);
    continueWith(answered(processor.decode(message)));
  }

  private void begin(Posted.Packets packets) {
    decodedBytes = packets.size();
    processor.grew(packets.size());
    continueWith(packets.packets());
  }

  private void continueWith(List<Packet> packets) {
    if (!packets.isEmpty()) {
      batch = packets.iterator();
    }
  }

  private void post(byte[] message) {
    List<Packet> packets = processor.awaitsAnswer() ? processor.peek(message) : List.of();
    List<Packet> others = answered(packets);
    if (others.size() == packets.size()) {
      enqueue(new Posted.Message(message));
    } else if (!others.isEmpty() && !stopped) {
      enqueue(new Posted.Packets(others, message.length));
    }
  }

  /** Completes the calls that are answered among the packets; returns the others. */
  private List<Packet> answered(List<Packet> packets) {
    if (!processor.awaitsAnswer() || packets.stream().noneMatch(ResponsePacket.class::isInstance)) {
      return packets;
    }
    List<Packet> others = new ArrayList<>();
    for (Packet packet : packets) {
      if (packet instanceof ResponsePacket) {
        processor.dispatch(packet);
      } else {
        others.add(packet);
      }
    }
    return others;
  }

  private void enqueue(Posted next) {
    ArrayDeque<Posted> queue = posted;
    if (queue == null) {
      queue = new ArrayDeque<>();
      posted = queue;
    }
    queue.add(next);
    waits(next.size());
  }

  private void resumeReading(long limit) {
    if (paused && waitingBytes <= limit && !stopped) {
      paused = false;
      processor.setReading(true);
    }
  }
}
