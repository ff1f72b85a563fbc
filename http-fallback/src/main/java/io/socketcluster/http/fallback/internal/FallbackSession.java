// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.socketcluster.http.sessions.Carrier;
import io.socketcluster.http.sessions.HttpSession;
import io.socketcluster.http.sessions.HttpSessions;
import io.socketcluster.http.sessions.PollAnswer;
import io.socketcluster.http.sessions.WebSocketLink;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.HttpExchange;
import io.socketcluster.server.spi.PeerEvent;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one socket over requests, and perhaps a WebSocket in their place. Event loop of
 * the session only, but for the methods that say otherwise.
 */
final class FallbackSession implements HttpSession.Listener {
  private static final int MALFORMED = 1002;
  private static final int RESUME_SECONDS = 10;

  private final HttpSessions sessions;
  private final String id = HttpSessions.newId();
  private final ClientMessages messages = new ClientMessages();
  private @Nullable HttpExchange opening; // until it is answered
  private @Nullable WebSocketLink candidate; // until it carries the messages
  private EventSocket.@Nullable Carrying carrying; // the WebSocket that does
  private volatile @Nullable HttpSession session;

  FallbackSession(HttpSessions sessions, HttpExchange opening) {
    this.sessions = sessions;
    this.opening = opening;
  }

  /** Returns the id. Any thread. */
  String id() {
    return id;
  }

  /** Returns whether a request may use the session. Any thread. */
  boolean accepts(UpgradeRequest request) {
    HttpSession open = session;
    return open != null && open.accepts(request);
  }

  /** Runs a task on the event loop of the session, if it is open. Any thread. */
  void execute(Runnable task) {
    HttpSession open = session;
    if (open != null) {
      open.execute(task);
    }
  }

  // How it begins and ends.

  @Override
  public void onOpen(HttpSession opened) {
    session = opened;
    opened.awaitAcknowledgements();
    answerOpening(Answers.events(Event.of(Event.OPEN, id)));
  }

  @Override
  public void onRefused(HttpSession refused, PeerEvent.Refused refusal) {
    answerOpening(Answers.refusal(refusal));
  }

  @Override
  public void onClosed(HttpSession closed) {
    answerOpening(Answers.unknownSession());
    dismiss();
  }

  private void answerOpening(HttpAnswer answer) {
    HttpExchange request = opening;
    opening = null;
    if (request != null) {
      Answers.send(request, answer);
    }
  }

  private @Nullable HttpSession open() {
    HttpSession open = session;
    return open != null && open.isOpen() ? open : null;
  }

  /** The client has sent what are no events. */
  void breakOff() {
    HttpSession open = open();
    if (open != null) {
      open.leave(MALFORMED, "Malformed events");
    }
  }

  // To the client.

  /**
   * A request takes what is sent from now on: a stream, or a poll.
   *
   * @param received how many messages the client has
   */
  void listen(HttpExchange exchange, long received, boolean isPoll) {
    HttpSession open = open();
    if (open == null) {
      Answers.send(exchange, Answers.unknownSession());
      return;
    }
    open.heard();
    open.release();
    carrying = null;
    if (received < 0 || !open.acknowledge(received)) {
      Answers.send(exchange, Answers.conflict());
      return;
    }
    open.rewind();
    boolean isHeld =
        isPoll
            ? PollAnswer.hold(sessions, open, exchange, new Form(open, exchange.request()))
            : EventStream.begin(sessions, open, exchange);
    if (!isHeld) {
      Answers.send(exchange, Answers.tooMany());
    }
  }

  /** The answers to one poll. */
  private record Form(HttpSession session, UpgradeRequest request) implements PollAnswer.Form {
    @Override
    public HttpAnswer answer(List<ByteBuf> messages) {
      messages.forEach(ByteBuf::retain); // whoever gives them releases them
      return of(EventBatch.of(session.firstOfBatch(), messages));
    }

    @Override
    public HttpAnswer last(List<ByteBuf> messages, int code, String reason) {
      messages.forEach(ByteBuf::retain);
      return of(EventBatch.last(session.firstOfBatch(), messages, code, reason));
    }

    private HttpAnswer of(ByteBuf batch) {
      byte[] body = new byte[batch.readableBytes()];
      batch.readBytes(body).release();
      return Answers.readable(request, HttpAnswer.of(200, EventStream.CONTENT_TYPE, body));
    }
  }

  // From the client.

  /** Events have come with a request. */
  void posted(HttpExchange exchange, List<Event> events) {
    HttpSession open = open();
    if (open == null) {
      Answers.send(exchange, Answers.unknownSession());
      return;
    }
    open.heard();
    if (open.isBehind()) {
      Answers.send(exchange, Answers.tooMany()); // an answer is lost: the client sends them again
      return;
    }
    try {
      received(
          open, events, () -> Answers.send(exchange, Answers.events(receipt() + sentBy(open))));
    } catch (ClientMessages.MissingMessagesException e) {
      Answers.send(exchange, Answers.conflict());
    }
  }

  private String receipt() {
    return Event.of(Event.ACK, String.valueOf(messages.received()));
  }

  private static String sentBy(HttpSession open) {
    return Event.of(Event.SENT, String.valueOf(open.sent()));
  }

  private void received(HttpSession open, List<Event> events, Runnable taken)
      throws ClientMessages.MissingMessagesException {
    List<byte[]> fresh = messages.newOf(events);
    Event last = null;
    for (Event event : events) {
      switch (event.type()) {
        case Event.ACK -> open.acknowledge(event.number());
        case Event.CLOSE -> last = event;
        default -> {} // a message, or an event of a later version
      }
    }
    open.receive(fresh, taken);
    if (last != null) {
      leave(open, new String(last.data(), UTF_8));
    }
  }

  private static void leave(HttpSession open, String closing) {
    int end = closing.indexOf(' ');
    long code = Event.numberIn(end < 0 ? closing : closing.substring(0, end));
    boolean isSent = code == 1000 || code == 1001 || (code >= 3000 && code < 5000);
    open.leave(isSent ? (int) code : MALFORMED, end < 0 ? "" : closing.substring(end + 1));
  }

  // The WebSocket.

  /** A WebSocket has been opened for the session, and is looked at. */
  void probedBy(WebSocketLink link) {
    dismiss();
    if (open() == null) {
      link.terminate();
      return;
    }
    candidate = link;
    link.eventLoop().schedule(() -> execute(() -> dismiss(link)), RESUME_SECONDS, TimeUnit.SECONDS);
  }

  private void dismiss() {
    WebSocketLink link = candidate;
    if (link != null) {
      dismiss(link);
    }
  }

  @SuppressWarnings("ReferenceEquality") // each is itself
  private void dismiss(WebSocketLink link) {
    if (candidate == link) {
      candidate = null;
      link.terminate();
    }
  }

  /** Messages have come over a WebSocket, each with whole events. */
  void received(WebSocketLink from, List<byte[]> bodies, Runnable taken) {
    for (byte[] body : bodies) {
      try {
        received(from, EventReader.read(body));
      } catch (EventReader.MalformedEventsException | ClientMessages.MissingMessagesException e) {
        breakOff();
      }
    }
    HttpSession open = open();
    if (open == null) {
      taken.run();
    } else {
      open.receive(List.of(), taken); // behind what these messages had
    }
  }

  @SuppressWarnings("ReferenceEquality") // each is itself
  private void received(WebSocketLink from, List<Event> events)
      throws ClientMessages.MissingMessagesException {
    HttpSession open = open();
    if (open == null) {
      return;
    }
    open.heard();
    Event first = events.isEmpty() ? null : events.getFirst();
    if (candidate == from && first != null && first.type().equals(Event.PROBE)) {
      EventSocket.tell(from, Event.of(Event.PROBE, ""));
    } else if (candidate == from && first != null && first.type().equals(Event.RESUME)) {
      resume(open, from, first.number());
    } else if (carries(from)) {
      received(open, events, () -> EventSocket.tell(from, receipt()));
    } else {
      from.terminate();
    }
  }

  private void resume(HttpSession open, WebSocketLink link, long received) {
    if (received < 0 || !open.acknowledge(received)) {
      dismiss();
      return;
    }
    candidate = null;
    EventSocket.Carrying next = new EventSocket.Carrying(open, link);
    carrying = next;
    open.rewind();
    EventSocket.tell(link, receipt());
    open.attach(next);
  }

  @SuppressWarnings("ReferenceEquality") // each is itself
  private boolean carries(WebSocketLink link) {
    EventSocket.Carrying by = carrying;
    return by != null && by.link() == link;
  }

  /** A WebSocket has ended: the client goes on with requests. */
  void ended(WebSocketLink link) {
    dismiss(link);
    Carrier by = carrying;
    HttpSession open = session;
    if (carries(link) && by != null && open != null) {
      carrying = null;
      open.detach(by);
    }
  }

  /** The client has answered a ping of the WebSocket. */
  void heard() {
    HttpSession open = open();
    if (open != null) {
      open.heard();
    }
  }
}
