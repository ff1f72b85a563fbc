// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.carry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.socketcluster.http.sessions.AnswerHead;
import io.socketcluster.http.sessions.Cors;
import io.socketcluster.http.sessions.HttpSession;
import io.socketcluster.http.sessions.HttpSessions;
import io.socketcluster.http.sessions.PollAnswer;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.HttpExchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A poll: of {@code XMLHttpRequest}, or of a script.
 *
 * @param script the number of the script, or null
 */
public record PollOpening(HttpSessions sessions, HttpExchange exchange, @Nullable String script)
    implements Opening {
  private static final AnswerHead TEXT = AnswerHead.of("text/plain; charset=UTF-8");
  private static final AnswerHead SCRIPT = AnswerHead.of("text/javascript; charset=UTF-8");

  @Override
  public void carry(HttpSession session, Greeted greeted) {
    if (!PollAnswer.hold(sessions, session, exchange, new Form(this, greeted))) {
      greeted.refused();
      exchange.answer(Cors.readable(exchange.request(), HttpAnswer.text(429, "Too many polls")));
    }
  }

  @Override
  public void refuse(HttpAnswer answer) {
    exchange.answer(answer);
  }

  /** The answers to this poll. */
  private record Form(PollOpening poll, Greeted greeted) implements PollAnswer.Form {
    @Override
    public void held() {
      greeted.attached();
    }

    @Override
    public HttpAnswer answer(List<ByteBuf> messages) {
      UpgradeRequest request = poll.exchange.request();
      if (!greeted.greet(messages)) {
        return Cors.readable(request, HttpAnswer.text(403, "Forbidden"));
      }
      byte[] packet = Packets.join(messages);
      String index = poll.script;
      return index == null ? TEXT.with(request, packet) : SCRIPT.with(request, call(index, packet));
    }

    private static byte[] call(String index, byte[] packet) {
      return ("io.JSONP[" + index + "]._(" + Packets.literal(packet) + ");").getBytes(UTF_8);
    }

    /** The protocol has no word for the end: the poll fails, or the next one does. */
    @Override
    public HttpAnswer last(List<ByteBuf> messages, int code, String reason) {
      return messages.isEmpty()
          ? Cors.readable(poll.exchange.request(), HttpAnswer.text(404, "Unknown session"))
          : answer(messages);
    }
  }
}
