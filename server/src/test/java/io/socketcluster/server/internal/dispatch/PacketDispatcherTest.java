// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.SocketState;
import io.socketcluster.core.streams.HandlerFailures;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.ExpiredTokenSubscriptions;
import io.socketcluster.server.JwtAuthEngine;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.internal.channels.LoopChannels;
import io.socketcluster.server.internal.channels.LoopMailbox;
import io.socketcluster.server.internal.channels.SocketChannels;
import io.socketcluster.server.internal.events.ServerStreams;
import io.socketcluster.server.internal.history.ServerChannels;
import io.socketcluster.server.internal.inbound.InboundMiddleware;
import io.socketcluster.server.internal.loop.LoopTime;
import io.socketcluster.server.internal.outbound.ReservedAnswers;
import io.socketcluster.server.internal.outbound.Responder;
import io.socketcluster.server.internal.outbound.TestOutput;
import io.socketcluster.server.internal.outbound.UnansweredCalls;
import io.socketcluster.server.internal.tokens.Authentication;
import io.socketcluster.server.internal.tokens.RevokedTokens;
import io.socketcluster.server.internal.tokens.Token;
import io.socketcluster.server.internal.tokens.TokenCheck;
import io.socketcluster.server.internal.tokens.TokenEngine;
import io.socketcluster.server.internal.tokens.TokenGrants;
import io.socketcluster.server.internal.tokens.TokenLife;
import io.socketcluster.server.internal.turn.LoopTurns;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class PacketDispatcherTest {
  private TestOutput output = output(ProtocolVersion.V2);
  private Session session = new Session();

  private static TestOutput output(ProtocolVersion version) {
    return new TestOutput(AGEndpoint.of("/").withProtocolVersion(version));
  }

  /** The parts that a dispatcher knows, of a socket that no client has opened yet. */
  private final class Session implements Handshake.Opening {
    private final ServerStreams streams =
        new ServerStreams(new HandlerFailures(output.recorded().events()), Runnable::run);
    private final InboundMiddleware middleware =
        new InboundMiddleware(output.lines(), output.order(), null);
    private final Authentication authentication =
        new Authentication(output.recorded().events(), output.life());
    private final SocketChannels channels =
        new SocketChannels(
            channelsOfLoop(),
            output.order(),
            output.writer(),
            output.account(),
            output.recorded().events());
    private final PacketDispatcher dispatcher = dispatcher();
    private boolean begun;

    Session() {
      output.life().state(SocketState.CONNECTING);
    }

    private LoopChannels channelsOfLoop() {
      EventLoop loop = output.wire().eventLoop();
      LoopMailbox mailbox =
          new LoopMailbox(loop, new LoopTurns((task, nanos) -> {}, () -> 0), ServerObserver.NONE);
      return new LoopChannels(
          loop,
          new ServerChannels(new AGSimpleBroker(), false, failure -> {}),
          mailbox,
          output.middleware().ofLoop(),
          AGServerOptions.DEFAULT);
    }

    private PacketDispatcher dispatcher() {
      TokenGrants grants =
          new TokenGrants(
              ExpiredTokenSubscriptions.DROP, authentication, channels, middleware, output.life());
      TokenLife tokens = new TokenLife(authentication, grants, output.writer());
      ReservedAnswers answers =
          new ReservedAnswers(output.writer(), streams, output.recorded().events());
      Responder responder =
          new Responder(
              output.writer(),
              output.recorded().events(),
              output.account(),
              output.life(),
              () -> new UnansweredCalls(Duration.ofSeconds(10), new LoopTime(1, 0)));
      InboundCalls calls =
          new InboundCalls(
              streams, output.recorded().events(), responder, output.heartbeat(), output.order());
      return new PacketDispatcher(
          new Handshake(tokens, answers, output.heartbeat().version(), this),
          new ChannelActions(middleware, channels, grants, answers, output.heartbeat().version()),
          new ClosingNotice(output.heartbeat().version(), output.writer(), output.life()),
          new ApplicationEvents(middleware, streams, calls, answers, output.recorded().events()),
          tokens);
    }

    @Override
    public TimeSource time() {
      return TimeSource.system();
    }

    @Override
    public SocketState state() {
      return output.life().state();
    }

    @Override
    public void close(int code, @Nullable String reason) {
      output.life().close(code, reason);
    }

    @Override
    public void sweepSoon() {}

    @Override
    public boolean hasBegun() {
      return begun;
    }

    @Override
    public void begins(Runnable next) {
      begun = true;
      next.run();
    }

    @Override
    public TokenCheck checkToken() {
      TokenEngine engines =
          new TokenEngine(
              () -> JwtAuthEngine.of(AGServerOptions.DEFAULT),
              AGServerOptions.DEFAULT,
              new RevokedTokens(0, () -> 0, () -> 0),
              Runnable::run);
      return new TokenCheck(
          engines, output.order(), authentication, middleware, output.recorded().events());
    }

    @Override
    public Map<String, Object> greeting() {
      return new HashMap<>(Map.of("id", "the-id"));
    }

    @Override
    public void open(boolean isAuthenticated, @Nullable AGException authError) {
      output.life().state(SocketState.OPEN);
    }
  }

  private void speak(ProtocolVersion version) {
    output.close();
    output = output(version);
    session = new Session();
  }

  private void invoke(String event, @Nullable Object data, long cid) {
    Payload payload = data == null ? null : Payload.of(data);
    session.dispatcher.dispatch(EventPacket.invoke(event, payload, cid));
  }

  private void transmit(String event, @Nullable Object data) {
    Payload payload = data == null ? null : Payload.of(data);
    session.dispatcher.dispatch(EventPacket.transmit(event, payload));
  }

  private void shakeHands() {
    invoke(ReservedEvents.HANDSHAKE, null, 1);
    assertThat(output.sent()).singleElement().asString().contains("\"rid\":1", "the-id");
  }

  @AfterEach
  void close() {
    session.channels.removeAll(() -> {});
    output.close();
  }

  @Test
  void aHandshakeOpensTheSocketOnce() {
    shakeHands();
    assertThat(session.state()).isEqualTo(SocketState.OPEN);
    invoke(ReservedEvents.HANDSHAKE, null, 2);

    assertThat(output.sent()).singleElement().asString().contains("\"rid\":2", "already");
  }

  @Test
  void beforeTheHandshakeNoChannelIsSubscribed() {
    invoke(ReservedEvents.SUBSCRIBE, Map.of("channel", "news"), 1);

    assertThat(output.sent()).singleElement().asString().contains("before it has completed");
    assertThat(session.channels.names()).isEmpty();
  }

  @Test
  void aSubscriptionIsAnsweredAndEndsWithItsPacket() {
    shakeHands();
    invoke(ReservedEvents.SUBSCRIBE, Map.of("channel", "news"), 2);
    assertThat(output.sent()).contains("{\"rid\":2}");
    assertThat(session.channels.names()).containsExactly("news");
    invoke(ReservedEvents.UNSUBSCRIBE, "news", 3);

    assertThat(output.sent()).contains("{\"rid\":3}");
    assertThat(session.channels.names()).isEmpty();
  }

  @Test
  void eventsOfTheApplicationGoToItsStreams() {
    shakeHands();
    transmit("greet", "hello");
    invoke("add", 1, 2);

    assertThat(session.streams.isBehind()).isTrue();
    assertThat(session.streams.receivers().hasUnclaimed()).isTrue();
    assertThat(session.streams.procedures().hasUnclaimed()).isTrue();
    assertThat(output.sent()).as("a procedure may come").isEmpty();
  }

  @Test
  void aClientMayRemoveItsToken() {
    shakeHands();
    session.authentication.set(
        Token.of(JsonNodeFactory.instance.objectNode().put("username", "bob"), "signed"));
    invoke(ReservedEvents.REMOVE_AUTH_TOKEN, null, 2);

    assertThat(session.authentication.current()).isEqualTo(Token.NONE);
    assertThat(output.sent()).containsExactly("{\"rid\":2}");
  }

  @Test
  void inVersionTwoTheClosingNoticeIsAnEventLikeAnyOther() {
    shakeHands();
    transmit(ReservedEvents.DISCONNECT, Map.of("code", 4100));

    assertThat(output.life().closes()).isEmpty();
  }

  @Test
  void inVersionOneTheClosingNoticeClosesTheSocket() {
    speak(ProtocolVersion.V1);
    shakeHands();
    transmit(ReservedEvents.DISCONNECT, Map.of("code", 4100, "data", "bye"));

    assertThat(output.life().closes()).containsExactly("4100 bye");
  }
}
