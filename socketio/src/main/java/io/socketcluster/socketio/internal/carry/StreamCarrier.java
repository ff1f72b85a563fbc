// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.carry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socketcluster.http.sessions.Carrier;
import io.socketcluster.http.sessions.Cors;
import io.socketcluster.http.sessions.HttpSession;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.spi.HttpExchange;
import io.socketcluster.server.spi.HttpStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries the messages of a session in an endless answer, which begins with the first of them.
 * Event loop of the session only.
 */
final class StreamCarrier implements Carrier {
  private final HttpSession session;
  private final Greeted greeted;
  private final HttpExchange exchange;
  private final StreamForm form;
  private final Runnable over;
  private @Nullable HttpStream stream;
  private boolean isOver;

  StreamCarrier(
      HttpSession session, Greeted greeted, HttpExchange exchange, StreamForm form, Runnable over) {
    this.session = session;
    this.greeted = greeted;
    this.exchange = exchange;
    this.form = form;
    this.over = over;
  }

  /** Begins the answer if it has not begun. */
  HttpStream begin() {
    HttpStream begun = stream;
    if (begun == null) {
      begun = exchange.stream(Cors.readable(exchange.request(), form.head()));
      stream = begun;
    }
    return begun;
  }

  /** The client has hung up. */
  void gone() {
    end();
    greeted.lost(this);
  }

  /** Returns whether it had not ended before. */
  private boolean end() {
    boolean ends = !isOver;
    if (ends) {
      isOver = true;
      over.run();
    }
    return ends;
  }

  @Override
  public boolean lasts() {
    return true;
  }

  @Override
  public void send(List<ByteBuf> messages) {
    try {
      if (isOver) {
        return;
      }
      if (greeted.greet(messages)) {
        begin().write(part(messages), this::left);
      } else {
        refuse(403, "Forbidden");
      }
    } finally {
      messages.forEach(ByteBuf::release);
    }
  }

  private ByteBuf part(List<ByteBuf> messages) {
    return Unpooled.wrappedBuffer(form.part(Packets.join(messages)).getBytes(UTF_8));
  }

  private void left(boolean hasLeft) {
    greeted.execute(
        () -> {
          if (hasLeft) {
            session.carried(this);
          } else {
            gone();
          }
        });
  }

  private void refuse(int status, String text) {
    if (end()) {
      exchange.answer(Cors.readable(exchange.request(), HttpAnswer.text(status, text)));
    }
  }

  @Override
  public void close(List<ByteBuf> messages, int code, String reason) {
    if (!messages.isEmpty()) {
      send(messages);
    }
    release();
  }

  @Override
  public void release() {
    HttpStream begun = stream;
    if (begun == null) {
      refuse(404, "Unknown session");
    } else if (end()) {
      begun.end();
    }
  }

  @Override
  public void probe() {
    // the session has heartbeats of its own
  }
}
