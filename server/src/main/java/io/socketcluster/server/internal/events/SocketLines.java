// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.events;

import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.internal.loop.SocketLife;
import io.socketcluster.server.internal.middleware.ActionLine;
import io.socketcluster.server.internal.middleware.ActionLines;
import io.socketcluster.server.internal.middleware.MessageAction;
import io.socketcluster.server.internal.middleware.PendingAction;

/** Opens the lines of one socket and makes the actions that they are asked about. */
public final class SocketLines {
  private final ActionLines lines;
  private final SocketEvents events;
  private final SocketLife life;

  public SocketLines(ActionLines lines, SocketEvents events, SocketLife life) {
    this.lines = lines;
    this.events = events;
    this.life = life;
  }

  /** Returns the options of the server. */
  public AGServerOptions options() {
    return events.options();
  }

  /** Returns the socket. */
  public AGServerSocket socket() {
    return events.socket();
  }

  /** The socket has sent a message: its observer is told. */
  public void sent(int bytes) {
    events.sent(bytes);
  }

  /** The application has failed to do its part for a message of the socket. */
  public void failed(String event, Throwable failure) {
    events.failed(event, failure);
  }

  /** Returns whether a line has no middleware at this moment. */
  public boolean isAbsent(MiddlewareLine line) {
    return lines.isAbsent(line);
  }

  /** Returns whether channels have no rules at this moment. */
  public boolean hasNoRules() {
    return lines.hasNoRules();
  }

  /** Opens the line that asks the rules of channels. */
  public ActionLine openRules() {
    return lines.openRules(events);
  }

  public ActionLine open(MiddlewareLine line) {
    return lines.open(line, events);
  }

  public PendingAction action(AGAction.Type type) {
    return PendingAction.of(type, events.socket());
  }

  public MessageAction message(byte[] message, boolean binary) {
    return new MessageAction(events.socket(), message, binary);
  }

  /** Asks about an action, which from now on can take too long. Event loop only. */
  public void ask(ActionLine line, PendingAction action, ActionLine.Answer answer) {
    life.sweepSoon();
    line.ask(action, answer);
  }

  /** Tells how an action goes on that a handler on the event loop has not allowed as it is. */
  public void settle(ActionLine line, ActionLine.Answer answer) {
    life.sweepSoon();
    line.settle(answer);
  }
}
