// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import io.netty.buffer.ByteBuf;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.spi.HttpExchange;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to one long poll. Event loop of the session only. */
public final class PollAnswer implements Carrier {
  /** The form of the answer to a poll. */
  public interface Form {
    /** The poll is held: its answer follows, perhaps at once. */
    default void held() {}

    /** Returns the answer with these messages; they are released afterwards. */
    HttpAnswer answer(List<ByteBuf> messages);

    /** Returns the answer with these messages and the word that the session ends. */
    HttpAnswer last(List<ByteBuf> messages, int code, String reason);
  }

  private final HttpSession session;
  private final HttpExchange exchange;
  private final Form form;
  private final Runnable over;
  private boolean isOver;

  private PollAnswer(HttpSession session, HttpExchange exchange, Form form, Runnable over) {
    this.session = session;
    this.exchange = exchange;
    this.form = form;
    this.over = over;
  }

  /**
   * Holds a poll until there is something to answer, and counts it for its address.
   *
   * @return false when the address has too many polls: then the exchange is not answered
   */
  public static boolean hold(
      HttpSessions sessions, HttpSession session, HttpExchange exchange, Form form) {
    InetAddress address = exchange.request().clientAddress();
    if (!sessions.enterPoll(address)) {
      return false;
    }
    PollAnswer poll = new PollAnswer(session, exchange, form, () -> sessions.leavePoll(address));
    form.held();
    session.attach(poll);
    exchange.whenGone(() -> session.execute(poll::gone)); // it may have gone already
    return true;
  }

  @Override
  public boolean lasts() {
    return false;
  }

  @Override
  public void send(List<ByteBuf> messages) {
    session.detach(this);
    try {
      answer(form.answer(messages));
    } finally {
      messages.forEach(ByteBuf::release);
    }
  }

  @Override
  public void close(List<ByteBuf> messages, int code, String reason) {
    try {
      answer(form.last(messages, code, reason));
    } finally {
      messages.forEach(ByteBuf::release);
    }
  }

  @Override
  public void release() {
    if (!isOver) {
      answer(session.isOpen() ? form.answer(List.of()) : form.last(List.of(), NO_CODE, ""));
    }
  }

  /** The session has ended without saying why. */
  private static final int NO_CODE = 1006;

  private void answer(@Nullable HttpAnswer answer) {
    if (!isOver) {
      isOver = true;
      over.run();
      if (answer != null) {
        exchange.answer(answer);
      }
    }
  }

  /** The client has hung up: the session waits for its next poll. */
  private void gone() {
    answer(null);
    session.detach(this);
  }

  @Override
  public void probe() {
    // it is answered soon, and the next poll is the sign of life
  }
}
