// SPDX-License-Identifier: MIT
package io.socketcluster.engineio.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socketcluster.engineio.internal.payload.PayloadForm;
import io.socketcluster.http.sessions.AnswerHead;
import io.socketcluster.http.sessions.Cors;
import io.socketcluster.http.sessions.HttpSession;
import io.socketcluster.http.sessions.HttpSessions;
import io.socketcluster.http.sessions.PollAnswer;
import io.socketcluster.http.sessions.WebSocketLink;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.HttpExchange;
import io.socketcluster.server.spi.PeerEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session of Engine.IO: polls, then perhaps a WebSocket. Event loop of the session only, but for
 * {@link #id}, {@link #accepts} and {@link #execute}.
 */
final class EngineSession implements HttpSession.Listener {
  private static final byte[] PROBE = "2probe".getBytes(UTF_8);
  private static final String PONG_TO_PROBE = "3probe";
  private static final AnswerHead BINARY = AnswerHead.of(PayloadForm.BINARY.contentType());
  private static final AnswerHead TEXT = AnswerHead.of(PayloadForm.TEXT.contentType());
  private static final AnswerHead SCRIPT = AnswerHead.of(PayloadForm.SCRIPT.contentType());
  private static final AnswerHead OK_HEAD = AnswerHead.of("text/html");
  private static final byte[] OK = "ok".getBytes(UTF_8);
  private static final int NORMAL = 1000;
  private static final int PROTOCOL_ERROR = 1002;

  private final EngineSessions engine;
  private final String id = HttpSessions.newId();
  private final UpgradeRequest request;
  private final PayloadForm form;
  private final Dialect dialect = Dialect.unknown();
  private @Nullable HttpExchange first; // the poll that has opened it, until that is held
  private final UpgradeCandidates candidates = new UpgradeCandidates();
  private @Nullable WebSocketLink probing;
  private @Nullable WebSocketLink link; // once that carries the messages
  private @Nullable HttpSession pending; // what a WebSocket opens, admitted or not
  private volatile @Nullable HttpSession session;

  /**
   * Makes a session that is not open yet.
   *
   * @param first the poll that opens it, or null when a WebSocket does
   */
  EngineSession(EngineSessions engine, UpgradeRequest request, @Nullable HttpExchange first) {
    this.engine = engine;
    this.request = request;
    this.first = first;
    boolean isText = "1".equals(request.query("b64")) || request.query("j") != null;
    this.form = isText ? PayloadForm.TEXT : PayloadForm.BINARY;
  }

  /** Returns the id. Any thread. */
  String id() {
    return id;
  }

  /** Returns the request that opened it. Any thread. */
  UpgradeRequest request() {
    return request;
  }

  /** Returns whether a request may use the session. Any thread. */
  boolean accepts(UpgradeRequest given) {
    HttpSession open = session;
    return open != null
        && open.accepts(given)
        && (!engine.options().sessionsKeepAddress() || HttpSessions.isSameAddress(request, given));
  }

  /** Runs a task on the event loop of the session, if it is open. Any thread. */
  void execute(Runnable task) {
    HttpSession open = session;
    if (open != null) {
      open.execute(task);
    }
  }

  // How it begins and ends.

  /** Returns whether nothing has opened it yet. */
  boolean isNew() {
    return session == null && first == null && link == null;
  }

  /** A WebSocket opens it: it carries the messages from the beginning. */
  void openedBy(WebSocketLink opening) {
    link = opening;
    pending = engine.open(this, request, opening.eventLoop());
    if (pending == null) {
      opening.terminate();
    }
  }

  /** A WebSocket has ended. Event loop of its connection. */
  void lost(WebSocketLink gone) {
    HttpSession opened = pending;
    if (session == null && opened != null) {
      opened.close(); // before it was admitted
    } else {
      execute(() -> ended(gone));
    }
  }

  @Override
  public void onOpen(HttpSession opened) {
    session = opened;
    opened.sendOwn(text(EnginePacket.OPEN + handshake()));
    opened.receive(List.of(engine.hello(request)), () -> {});
    opened
        .channel()
        .eventLoop()
        .execute(() -> carryFirst(opened)); // with the status, if that is there
  }

  private void carryFirst(HttpSession opened) {
    HttpExchange poll = first;
    WebSocketLink carrying = link;
    first = null;
    if (poll != null) {
      hold(opened, poll, true);
    } else if (carrying != null) {
      opened.attach(new EngineSocket.Carrying(opened, carrying, this));
    }
  }

  private String handshake() {
    boolean mayUpgrade = link == null && engine.options().webSocket();
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("sid", id);
    told.put("upgrades", mayUpgrade ? List.of("websocket") : List.of());
    told.put("pingInterval", engine.options().pingInterval().toMillis());
    told.put("pingTimeout", engine.options().pingTimeout().toMillis());
    return Payload.of(told).toString();
  }

  @Override
  public void onRefused(HttpSession refused, PeerEvent.Refused refusal) {
    HttpExchange poll = first;
    WebSocketLink opening = link;
    first = null;
    if (poll != null) {
      poll.answer(Cors.readable(request, Refusals.answer(refusal)));
    } else if (opening != null) {
      opening.terminate();
    }
  }

  @Override
  public void onClosed(HttpSession closed) {
    HttpExchange poll = first;
    first = null;
    if (poll != null) {
      poll.answer(EngineError.UNKNOWN_SESSION.answer(request));
    }
    probing = null;
    candidates.endAll();
  }

  /** The client has sent what is no payload. */
  void breakOff() {
    HttpSession open = session;
    if (open != null) {
      open.leave(PROTOCOL_ERROR, "Malformed payload");
    }
  }

  // Polls.

  /** A poll has come. */
  void poll(HttpExchange exchange) {
    HttpSession open = session;
    if (open == null || !open.isOpen()) {
      exchange.answer(EngineError.UNKNOWN_SESSION.answer(exchange.request()));
    } else if (link != null) {
      exchange.answer(EngineError.BAD_REQUEST.answer(exchange.request()));
    } else {
      open.heard();
      hold(open, exchange, false);
      if (probing != null) {
        endPoll(open);
      }
    }
  }

  private void hold(HttpSession open, HttpExchange exchange, boolean isFirst) {
    Form answers = new Form(this, exchange.request(), isFirst);
    if (!PollAnswer.hold(engine.sessions(), open, exchange, answers)) {
      exchange.answer(Cors.readable(exchange.request(), HttpAnswer.text(429, "Too many polls")));
    }
  }

  /** Lets the client stop polling: it waits for the end of its poll before it upgrades. */
  private static void endPoll(HttpSession open) {
    open.release();
  }

  /** The answers to one poll. */
  private record Form(EngineSession session, UpgradeRequest request, boolean isFirst)
      implements PollAnswer.Form {
    @Override
    public HttpAnswer answer(List<ByteBuf> messages) {
      return messages.isEmpty()
          ? of(List.of(text(String.valueOf(EnginePacket.NOOP))))
          : of(messages);
    }

    @Override
    public HttpAnswer last(List<ByteBuf> messages, int code, String reason) {
      List<ByteBuf> all = new ArrayList<>(messages);
      all.add(text(String.valueOf(EnginePacket.CLOSE)));
      return of(all);
    }

    private static AnswerHead headOf(PayloadForm form) {
      return switch (form) {
        case BINARY -> BINARY;
        case TEXT -> TEXT;
        case SCRIPT -> SCRIPT;
      };
    }

    private HttpAnswer of(List<ByteBuf> messages) {
      messages.forEach(ByteBuf::retain); // whoever gives them releases them
      List<ByteBuf> written = session.dialect.write(messages, MessageFormat.PACKET.prefix());
      String index = request.query("j");
      PayloadForm used = index == null ? session.form : PayloadForm.SCRIPT;
      byte[] body = used.encode(written, String.valueOf(index));
      written.forEach(ByteBuf::release);
      HttpAnswer answer = headOf(used).with(request, body);
      return isFirst ? session.withCookie(answer) : answer;
    }
  }

  /** A load balancer may route by it; the script of a page need not read it. */
  private HttpAnswer withCookie(HttpAnswer answer) {
    String name = engine.options().socketCookieName();
    return answer.withHeader("set-cookie", name + "=" + id + "; path=/; HttpOnly; SameSite=Lax");
  }

  /** Packets have come with a request. */
  void posted(HttpExchange exchange, List<byte[]> packets) {
    HttpSession open = session;
    if (open == null || !open.isOpen()) {
      exchange.answer(EngineError.UNKNOWN_SESSION.answer(exchange.request()));
    } else if (link != null || open.isBehind()) {
      exchange.answer(EngineError.BAD_REQUEST.answer(exchange.request()));
    } else {
      received(open, packets, () -> exchange.answer(OK_HEAD.with(exchange.request(), OK)));
    }
  }

  // Packets.

  private void received(HttpSession open, List<byte[]> packets, Runnable taken) {
    open.heard();
    List<byte[]> messages = new ArrayList<>(packets.size());
    boolean leaves = false;
    for (byte[] packet : packets) {
      switch (packet.length == 0 ? EnginePacket.NOOP : packet[0]) {
        case EnginePacket.MESSAGE ->
            messages.add(dialect.read(Arrays.copyOfRange(packet, 1, packet.length)));
        case EnginePacket.PING -> open.sendOwn(pong(packet));
        case EnginePacket.CLOSE -> leaves = true;
        default -> {} // an upgrade out of place, or a type of a later revision
      }
    }
    open.receive(messages, taken);
    if (leaves) {
      open.leave(NORMAL, "");
    }
  }

  private static ByteBuf pong(byte[] ping) {
    return Unpooled.copiedBuffer(ping).setByte(0, EnginePacket.PONG);
  }

  static ByteBuf text(String packet) {
    return Unpooled.copiedBuffer(packet, UTF_8);
  }

  /** Returns messages as the client understands them. */
  List<ByteBuf> written(List<ByteBuf> messages) {
    return dialect.write(messages, MessageFormat.PACKET.prefix());
  }

  // The upgrade.

  /** A WebSocket has come to take the session over. */
  void approachedBy(WebSocketLink candidate) {
    HttpSession open = session;
    if (open == null || !open.isOpen()) {
      candidate.terminate();
    } else {
      candidates.admit(candidate, open.channel().eventLoop(), engine.options().closeTimeout());
    }
  }

  /** Packets have come over a WebSocket. */
  void received(WebSocketLink from, List<byte[]> packets, Runnable taken) {
    HttpSession open = session;
    if (open == null || !open.isOpen()) {
      taken.run(); // the candidates have been closed
    } else if (isLink(from)) {
      received(open, packets, taken);
    } else {
      probed(open, from, packets, taken);
    }
  }

  @SuppressWarnings("ReferenceEquality") // each is itself
  private boolean isLink(WebSocketLink given) {
    return link == given;
  }

  @SuppressWarnings("ReferenceEquality") // each is itself
  private void probed(HttpSession open, WebSocketLink from, List<byte[]> packets, Runnable taken) {
    byte[] packet = packets.getFirst();
    boolean isProbe = Arrays.equals(packet, PROBE);
    if (isProbe && probing == null && link == null) {
      probing = from;
      from.send(List.of(text(PONG_TO_PROBE)), () -> {});
      endPoll(open);
      taken.run();
    } else if (packet[0] == EnginePacket.UPGRADE && probing == from) {
      probing = null;
      link = from;
      candidates.remove(from);
      open.attach(new EngineSocket.Carrying(open, from, this));
      received(open, packets.subList(1, packets.size()), taken);
    } else {
      from.terminate();
      taken.run();
    }
  }

  @SuppressWarnings("ReferenceEquality") // each is itself
  private void ended(WebSocketLink ended) {
    HttpSession open = session;
    candidates.remove(ended);
    if (probing == ended) {
      probing = null; // the client goes on with polls
    } else if (open != null && isLink(ended)) {
      open.close();
    }
  }

  /** The client has answered a ping of the WebSocket. */
  void heard() {
    HttpSession open = session;
    if (open != null) {
      open.heard();
    }
  }
}
