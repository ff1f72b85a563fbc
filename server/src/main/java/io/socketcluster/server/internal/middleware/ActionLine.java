// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.middleware;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.WireErrors;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.SilentMiddlewareBlockedError;
import io.socketcluster.protocol.errors.TimeoutError;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.internal.loop.InlineCall;
import io.socketcluster.stream.StreamHandler;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One line of one connection: asks whatever middleware the line has at that moment, about one
 * action after the other. Event loop only; decisions come back to it from whatever thread takes
 * them.
 *
 * <p>Whatever happens to a middleware, an action is allowed only by {@code allow}: one that throws,
 * ends or takes too long has blocked it.
 */
public final class ActionLine {
  /** Goes on with what was asked. Called on the event loop. */
  public interface Answer {
    /** The action goes on with {@code data}. */
    void allowed(@Nullable Payload data);

    /** The action is refused; the client is told why. */
    void blocked(Throwable error);
  }

  private final MiddlewareLine line;
  private final MiddlewareHost host;
  private final Executor loop;
  private final Executor handlers;
  private volatile MiddlewareReports reports; // written on the event loop
  private @Nullable AGMiddleware started;
  private @Nullable ActionStream stream;
  private @Nullable AGException ended;
  private boolean isEndTold; // to the application
  private @Nullable Question open;
  private boolean killed;

  /**
   * Creates a line that starts its middleware with its first action.
   *
   * @param loop runs a task on the event loop, at once if that is where the caller is
   * @param handlers runs the handlers of middleware that consumes
   * @param reports is told what failed or was blocked
   */
  public ActionLine(
      MiddlewareLine line,
      MiddlewareHost host,
      Executor loop,
      Executor handlers,
      MiddlewareReports reports) {
    this.line = line;
    this.host = host;
    this.loop = loop;
    this.handlers = handlers;
    this.reports = reports;
  }

  /** Tells somebody else from now on. */
  public void reportTo(MiddlewareReports other) {
    reports = other;
  }

  /** Returns whether there is nobody to ask. */
  public boolean isAbsent() {
    return host.middleware(line) == null;
  }

  /**
   * Asks about an action; the one before it has been decided. One method of the answer is called,
   * in this call or later, unless the line is killed by then.
   */
  public void ask(PendingAction action, Answer answer) {
    AGMiddleware middleware = host.middleware(line);
    if (middleware == null) {
      close();
      answer.allowed(action.payload());
      return;
    }
    StreamHandler<AGAction> handler = middleware.nonBlockingHandler();
    if (handler == null) {
      write(streamOf(middleware), action, answer);
    } else if (allows(handler, action)) {
      answer.allowed(action.payload());
    } else {
      settle(answer);
    }
  }

  /** Returns the handler that decides on the event loop, or null when there is none. */
  public @Nullable StreamHandler<AGAction> nonBlockingHandler() {
    AGMiddleware middleware = host.middleware(line);
    return middleware == null ? null : middleware.nonBlockingHandler();
  }

  /**
   * Asks a handler that decides on the event loop; the action before it has been decided. Returns
   * whether the action may go on as it is; otherwise {@link #settle} says how it goes on.
   */
  public boolean allows(StreamHandler<AGAction> handler, PendingAction action) {
    if (started != null) {
      close(); // of another kind
    }
    Question question = new Question(action);
    action.decidedBy(question);
    InlineCall call = InlineCall.begin(question);
    try {
      handler.handle(action);
    } catch (Throwable e) { // whatever it was, it does not allow
      question.threw(e);
    } finally {
      call.end();
    }
    if (question.isAllowedAsItIs) {
      return true;
    }
    open = question;
    return false;
  }

  /** Tells how the action goes on that was not allowed as it is: now, or when it is decided. */
  public void settle(Answer answer) {
    Question question = open;
    if (question != null) {
      question.awaits(answer);
    }
  }

  private void write(ActionStream current, PendingAction action, Answer answer) {
    Question question = new Question(action);
    question.awaits(answer);
    open = question;
    AGException gone = ended;
    if (gone == null) {
      action.decidedBy(question);
      current.write(action);
    } else {
      question.overrule(gone, this::refusedAfterTheEnd);
    }
  }

  @SuppressWarnings("ReferenceEquality") // another one, whatever its equals says
  private ActionStream streamOf(AGMiddleware middleware) {
    ActionStream current = stream;
    if (current == null || middleware != started) {
      close();
      started = middleware;
      current = ActionStream.start(line, middleware, new Watch(), handlers);
      stream = current;
    }
    return current;
  }

  /**
   * Blocks the action that has waited too long; returns in how many nanoseconds the one that waits
   * will have, or {@code Long.MAX_VALUE} when none will.
   */
  public long sweep(long now) {
    Question waiting = open;
    long left = waiting == null ? Long.MAX_VALUE : waiting.timeLeft(now);
    if (left <= 0) {
      timeOut();
      return Long.MAX_VALUE; // if it was decided already that is on its way
    }
    return left;
  }

  /** Blocks the action that waits, if one does. */
  public void timeOut() {
    Question waiting = open;
    if (waiting != null) {
      waiting.overrule(
          new TimeoutError(
              "The " + waiting.type() + " AGAction was not decided in time by " + named()),
          this::failed);
    }
  }

  /** Ends the middleware when it has taken what it was asked; it can still decide that. */
  public void close() {
    ActionStream current = stream;
    started = null;
    stream = null;
    ended = null;
    isEndTold = false;
    if (current != null) {
      current.close();
    }
  }

  /** Ends the middleware; what waits for its decision waits in vain. */
  public void kill() {
    killed = true;
    open = null;
    ActionStream current = stream;
    if (current != null) {
      current.kill();
    }
  }

  /** The application wants to know of refusals unless its options say otherwise. */
  private void refusedIfAskedFor(Throwable reason) {
    if (host.options().middlewareEmitFailures()) {
      reports.refused(reason);
    }
  }

  /** The application learns once that its middleware has ended, though it was needed. */
  private void refusedAfterTheEnd(Throwable reason) {
    if (isEndTold) {
      refusedIfAskedFor(reason);
    } else {
      endedEarly(reason);
    }
  }

  private void endedEarly(Throwable told) {
    isEndTold = true;
    reports.failed("The " + named() + " ended while it was needed", told);
  }

  /** What was thrown on purpose is meant for the client; anything else is a fault. */
  private void threw(Throwable failure, boolean isAnswer) {
    if (isAnswer && WireErrors.isMeantForOtherEnd(failure)) {
      reports.refused(failure);
    } else {
      failed(failure);
    }
  }

  private void failed(Throwable failure) {
    reports.failed("The " + named() + " failed", failure);
  }

  private String named() {
    return line.value() + " middleware";
  }

  private static boolean isSilent(Throwable error) {
    return error instanceof AGException named
        && Boolean.TRUE.equals(named.properties().get("silent"));
  }

  /** What the client is told of a middleware that threw: only what was meant for it. */
  private AGException refusal(Throwable failure) {
    return failure instanceof AGException deliberate && WireErrors.isMeantForOtherEnd(failure)
        ? deliberate
        : new AGException("MiddlewareError", "The " + named() + " failed");
  }

  /** An action that was asked, and the way of its decision back to the event loop. */
  private final class Question implements PendingAction.Decision, InlineCall.Subject {
    private final PendingAction action;
    private @Nullable Answer answer;
    private @Nullable Runnable decided; // in the call of a handler on the event loop
    private boolean isAllowedAsItIs; // likewise
    private long askedAt;

    Question(PendingAction action) {
      this.action = action;
    }

    /** Sets the answer, and runs a decision that was made before. */
    void awaits(Answer waiting) {
      answer = waiting;
      Runnable decision = decided;
      if (decision == null) {
        askedAt = host.options().timeSource().nanoTime();
      } else {
        decision.run();
      }
    }

    private void decide(Runnable decision) {
      if (InlineCall.isFirstOf(this)) {
        decided = decision;
      } else {
        loop.execute(decision);
      }
    }

    void threw(Throwable failure) {
      ActionLine.this.threw(failure, action.outcome() == null);
      if (action.overrule()) {
        decided = () -> refuse(refusal(failure), told -> {});
      }
    }

    @Override
    public void blocksLoop(long millis, StackTraceElement[] stack) {
      AGException blocking =
          new AGException(
              "MiddlewareError",
              "The " + named() + " has blocked its event loop for " + millis + " ms");
      blocking.setStackTrace(stack);
      failed(blocking);
    }

    String type() {
      return action.type().value();
    }

    long timeLeft(long now) {
      long limit = host.options().middlewareTimeout().toNanos();
      return limit > 0 ? limit - (now - askedAt) : Long.MAX_VALUE;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very payload that was asked about
    public void allowed(@Nullable Payload data) {
      if (data == action.payload() && InlineCall.isFirstOf(this)) {
        isAllowedAsItIs = true;
      } else {
        decide(() -> allow(data));
      }
    }

    @Override
    public void blocked(@Nullable Throwable error) {
      decide(() -> refuse(error == null ? silently() : error, ActionLine.this::refusedIfAskedFor));
    }

    private void allow(@Nullable Payload data) {
      Answer told = settle();
      if (told != null) {
        told.allowed(data);
      }
    }

    /** Blocks unless it was decided; what the middleware does afterwards is its error. */
    void overrule(Throwable error, Consumer<Throwable> report) {
      if (action.overrule()) {
        loop.execute(() -> refuse(error, report));
      }
    }

    private void refuse(Throwable reason, Consumer<Throwable> report) {
      Answer told = settle();
      if (told != null) {
        report.accept(reason);
        told.blocked(isSilent(reason) ? silently() : reason);
      }
    }

    /** Returns who waits, or null when the line was killed. */
    @SuppressWarnings("ReferenceEquality") // one question, asked once
    private @Nullable Answer settle() {
      if (open == this) {
        open = null;
      }
      return killed ? null : answer;
    }

    private SilentMiddlewareBlockedError silently() {
      return new SilentMiddlewareBlockedError(
          "The " + type() + " AGAction was blocked by " + named(), line.value());
    }
  }

  /** Sees how the middleware fails, on its thread. */
  private final class Watch implements ActionStream.Observer {
    @Override
    @SuppressWarnings("ReferenceEquality") // the action that is open, or one before it
    public void failed(PendingAction action, Throwable failure) {
      threw(failure, action.outcome() == null);
      loop.execute(
          () -> {
            Question waiting = open;
            if (waiting != null && waiting.action == action) {
              waiting.overrule(refusal(failure), told -> {});
            }
          });
    }

    @Override
    public void ended(ActionStream which, @Nullable Throwable failure) {
      if (failure != null) {
        threw(failure, true);
      }
      loop.execute(() -> endedNow(which, failure));
    }

    @SuppressWarnings("ReferenceEquality") // the stream that is in use, or one before it
    private void endedNow(ActionStream which, @Nullable Throwable failure) {
      if (which != stream || killed) {
        return;
      }
      ended =
          failure == null
              ? new AGException("MiddlewareError", "The " + named() + " has ended")
              : refusal(failure);
      isEndTold = failure != null;
      Question waiting = open;
      if (waiting != null) {
        waiting.overrule(ended, failure == null ? ActionLine.this::endedEarly : told -> {});
      }
    }
  }
}
