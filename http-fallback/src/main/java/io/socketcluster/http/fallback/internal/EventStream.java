// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socketcluster.http.sessions.Carrier;
import io.socketcluster.http.sessions.Cors;
import io.socketcluster.http.sessions.HttpSession;
import io.socketcluster.http.sessions.HttpSessions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.spi.HttpExchange;
import io.socketcluster.server.spi.HttpStream;
import java.net.InetAddress;
import java.util.List;

/** Carries the messages of a session as server-sent events. Event loop of the session only. */
final class EventStream implements Carrier {
  static final String CONTENT_TYPE = "text/event-stream; charset=utf-8";

  /** Shows the client at once that no proxy holds the stream back. */
  private static final byte[] FIRST = ":\n\n".getBytes(UTF_8);

  private static final String PROBE = Event.of(Event.PROBE, "");

  private final HttpSession session;
  private final HttpStream stream;
  private final Runnable over;
  private boolean isOver;

  private EventStream(HttpSession session, HttpStream stream, Runnable over) {
    this.session = session;
    this.stream = stream;
    this.over = over;
  }

  /**
   * Begins a stream, and counts it for its address.
   *
   * @return false when the address has too many: then the exchange is not answered
   */
  static boolean begin(HttpSessions sessions, HttpSession session, HttpExchange exchange) {
    InetAddress address = exchange.request().clientAddress();
    if (!sessions.enterPoll(address)) {
      return false;
    }
    HttpAnswer head = HttpAnswer.of(200, CONTENT_TYPE, FIRST);
    HttpStream begun = exchange.stream(Cors.readable(exchange.request(), head));
    EventStream stream = new EventStream(session, begun, () -> sessions.leavePoll(address));
    session.attach(stream);
    exchange.whenGone(() -> session.execute(stream::gone)); // it may have gone already
    return true;
  }

  @Override
  public boolean lasts() {
    return true;
  }

  @Override
  public void send(List<ByteBuf> messages) {
    stream.write(
        EventBatch.of(session.firstOfBatch(), messages), left -> session.execute(() -> sent(left)));
  }

  private void sent(boolean left) {
    if (left) {
      session.carried(this);
    } else {
      gone();
    }
  }

  @Override
  public void close(List<ByteBuf> messages, int code, String reason) {
    stream.write(EventBatch.last(session.firstOfBatch(), messages, code, reason), left -> {});
    release();
  }

  @Override
  public void release() {
    if (end()) {
      stream.end();
    }
  }

  private void gone() {
    end();
    session.detach(this);
  }

  private boolean end() {
    boolean ends = !isOver;
    isOver = true;
    if (ends) {
      over.run();
    }
    return ends;
  }

  @Override
  public void probe() {
    stream.write(Unpooled.copiedBuffer(PROBE, UTF_8), left -> {});
  }
}
