// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal.carry;

import io.socketcluster.http.sessions.Cors;
import io.socketcluster.http.sessions.HttpSession;
import io.socketcluster.http.sessions.HttpSessions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.spi.HttpExchange;
import io.socketcluster.socketio.SocketIOTransport;
import java.net.InetAddress;

/** A request whose answer is a stream. It counts among the polls of its address. */
public record StreamOpening(
    HttpSessions sessions, HttpExchange exchange, SocketIOTransport transport) implements Opening {
  @Override
  public void carry(HttpSession session, Greeted greeted) {
    InetAddress address = exchange.request().clientAddress();
    if (!sessions.enterPoll(address)) {
      greeted.refused();
      exchange.answer(Cors.readable(exchange.request(), HttpAnswer.text(429, "Too many streams")));
      return;
    }
    StreamCarrier carrier =
        new StreamCarrier(
            session,
            greeted,
            exchange,
            StreamForm.of(transport),
            () -> sessions.leavePoll(address));
    greeted.attached();
    session.attach(carrier);
    exchange.whenGone(() -> greeted.execute(carrier::gone)); // it may have gone already
    if (greeted.isGreeted()) {
      carrier.begin(); // it resumes a session that may have nothing to say
    }
  }

  @Override
  public void refuse(HttpAnswer answer) {
    exchange.answer(answer);
  }
}
