// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.outbound;

import io.socketcluster.protocol.ResponsePacket;
import io.socketcluster.protocol.WireErrors;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.server.internal.events.SocketEvents;
import io.socketcluster.server.internal.loop.LoopTasks;
import io.socketcluster.server.internal.loop.SocketLife;
import io.socketcluster.server.internal.loop.SweepSchedule;
import io.socketcluster.server.internal.memory.MemoryAccount;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the answers to the calls of a client, and knows which calls have none yet. Event loop only,
 * except {@link #accept}.
 */
public final class Responder implements Consumer<ResponsePacket> {
  private final SocketWriter writer;
  private final SocketEvents events;
  private final MemoryAccount account;
  private final SocketLife life;
  private final Supplier<UnansweredCalls> counts;
  private @Nullable UnansweredCalls unanswered; // made by the first call of the client

  public Responder(
      SocketWriter writer,
      SocketEvents events,
      MemoryAccount account,
      SocketLife life,
      Supplier<UnansweredCalls> counts) {
    this.writer = writer;
    this.events = events;
    this.account = account;
    this.life = life;
    this.counts = counts;
  }

  /** A call has come that keeps so many bytes; returns false when it is refused. */
  public boolean received(long callId, long bytes) {
    unanswered().received(callId, bytes);
    boolean hasRoom = account.hasRoomFor(bytes);
    if (!hasRoom) {
      ResourceLimitError error = new ResourceLimitError("Too many calls wait for their answers");
      accept(ResponsePacket.failure(callId, WireErrors.dehydrate(error)));
    }
    return hasRoom;
  }

  /** A consumer is given a call: the application is told if it never answers. */
  public void watch(long callId, String procedure) {
    unanswered().watch(callId, procedure);
  }

  /** Sends an answer. Any thread. */
  @Override
  public void accept(ResponsePacket response) {
    LoopTasks.run(
        writer.eventLoop(),
        () -> {
          unanswered().answered(response.rid());
          if (life.isClosed()) {
            events.error(Outbound.aborted("response to call " + response.rid()));
          } else {
            writer.answer(response);
          }
        });
  }

  private UnansweredCalls unanswered() {
    UnansweredCalls existing = unanswered;
    if (existing == null) {
      existing = counts.get();
      unanswered = existing;
    }
    return existing;
  }

  /** Returns a procedure that has left a call without an answer for the ack timeout. */
  public @Nullable String overdue() {
    return unanswered == null ? null : unanswered.overdue();
  }

  /** Returns in how many nanoseconds {@link #overdue} may have something to tell. */
  public long untilOverdue() {
    return unanswered == null ? SweepSchedule.NEVER : unanswered.untilOverdue();
  }

  /** Returns whether the client may still wait for an answer. */
  public boolean isAwaited() {
    return unanswered != null && unanswered.isAny();
  }

  /** Returns about how many bytes the calls of the client keep until they are answered. */
  public long heldBytes() {
    return unanswered == null ? 0 : unanswered.heldBytes();
  }
}
