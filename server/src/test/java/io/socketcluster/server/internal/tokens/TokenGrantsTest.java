// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.ExpiredTokenSubscriptions;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.internal.channels.LoopChannels;
import io.socketcluster.server.internal.channels.LoopMailbox;
import io.socketcluster.server.internal.channels.SocketChannels;
import io.socketcluster.server.internal.history.ServerChannels;
import io.socketcluster.server.internal.inbound.InboundMiddleware;
import io.socketcluster.server.internal.outbound.TestOutput;
import io.socketcluster.server.internal.turn.LoopTurns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class TokenGrantsTest {
  private static final long LATER = 1000;
  private static final String KICKED_OUT =
      "{\"event\":\"#kickOut\",\"data\":{\"channel\":\"news\","
          + "\"message\":\"The socket auth token has expired\"}}";

  private final TestOutput output = new TestOutput(AGEndpoint.of("/"));
  private final Authentication authentication =
      new Authentication(output.recorded().events(), output.life());
  private final SocketChannels channels = channels();
  private final InboundMiddleware middleware =
      new InboundMiddleware(output.lines(), output.order(), null);
  private final Token token = token();

  private SocketChannels channels() {
    EventLoop loop = output.wire().eventLoop();
    LoopMailbox mailbox =
        new LoopMailbox(loop, new LoopTurns((task, nanos) -> {}, () -> 0), ServerObserver.NONE);
    LoopChannels ofLoop =
        new LoopChannels(
            loop,
            new ServerChannels(new AGSimpleBroker(), false, failure -> {}),
            mailbox,
            output.middleware().ofLoop(),
            AGServerOptions.DEFAULT);
    return new SocketChannels(
        ofLoop, output.order(), output.writer(), output.account(), output.recorded().events());
  }

  private static Token token() {
    ObjectNode claims = JsonNodeFactory.instance.objectNode();
    claims.put("exp", LATER / 1000);
    return Token.of(claims, "signed");
  }

  private static JsonNode options(boolean waitForAuth) {
    return JsonNodeFactory.instance.objectNode().put("waitForAuth", waitForAuth);
  }

  private TokenGrants grants(ExpiredTokenSubscriptions mode) {
    return new TokenGrants(mode, authentication, channels, middleware, output.life());
  }

  /** Subscribes with a token. */
  private void subscribe(TokenGrants grants, boolean waitForAuth) {
    authentication.set(token);
    grants.renew(token.expiryMillis());
    channels.add(
        "news",
        failure -> {
          JsonNode told = channels.confirm("news", () -> options(waitForAuth));
          assertThat(told).isNotNull();
          grants.granted("news", token, null, options(waitForAuth));
        });
  }

  private void expire(TokenGrants grants) {
    assertThat(grants.haveExpired(LATER)).isFalse();
    assertThat(grants.haveExpired(LATER + 1)).isTrue();
    authentication.deauthenticate();
    grants.expire();
  }

  @AfterEach
  void close() {
    output.close();
  }

  @Test
  void aSubscriptionEndsWithItsToken() {
    TokenGrants grants = grants(ExpiredTokenSubscriptions.DROP);
    subscribe(grants, false);
    expire(grants);

    assertThat(channels.names()).isEmpty();
    assertThat(output.sent()).containsExactly(KICKED_OUT);
    assertThat(grants.restingNames()).isEmpty();
  }

  @Test
  void whatIsKeptNeverExpires() {
    TokenGrants grants = grants(ExpiredTokenSubscriptions.KEEP);
    subscribe(grants, false);

    assertThat(grants.haveExpired(Long.MAX_VALUE)).isFalse();
    assertThat(channels.names()).containsExactly("news");
  }

  @Test
  void aSubscriptionThatWaitsForALoginRestsAndComesBackWithIt() {
    TokenGrants grants = grants(ExpiredTokenSubscriptions.DROP);
    subscribe(grants, true);
    expire(grants);
    assertThat(channels.names()).isEmpty();
    assertThat(grants.restingNames()).containsExactly("news");
    assertThat(grants.heldBytes()).isPositive();
    assertThat(output.sent()).as("the client does not learn of it").isEmpty();
    authentication.set(token);
    grants.renew(LATER);

    assertThat(channels.names()).containsExactly("news");
    assertThat(grants.restingNames()).isEmpty();
  }

  @Test
  void theMiddlewareMayRefuseTheReturn() {
    TokenGrants grants = grants(ExpiredTokenSubscriptions.DROP);
    subscribe(grants, true);
    expire(grants);
    output.middleware().ask(MiddlewareLine.INBOUND);
    authentication.set(token);
    grants.renew(LATER);
    AGAction action = output.middleware().next();
    assertThat(action.type()).isEqualTo(AGAction.Type.SUBSCRIBE);
    action.block();

    assertThat(channels.names()).isEmpty();
    assertThat(grants.restingNames()).isEmpty();
    assertThat(output.sent()).singleElement().asString().contains("#kickOut");
  }

  @Test
  void aSubscriptionIsCheckedAgainAndMayStay() {
    TokenGrants grants = grants(ExpiredTokenSubscriptions.RECHECK);
    subscribe(grants, false);
    output.middleware().ask(MiddlewareLine.INBOUND);
    expire(grants);
    assertThat(output.order().isIdle()).as("the packets after it wait").isFalse();
    output.middleware().next().allow();

    assertThat(channels.names()).containsExactly("news");
    assertThat(channels.grants()).as("it needs no token any more").isEmpty();
    assertThat(output.order().isIdle()).isTrue();
  }

  @Test
  void aSubscriptionThatIsBlockedWhenCheckedAgainEnds() {
    TokenGrants grants = grants(ExpiredTokenSubscriptions.RECHECK);
    subscribe(grants, false);
    output.middleware().ask(MiddlewareLine.INBOUND);
    expire(grants);
    output.middleware().next().block();

    assertThat(channels.names()).isEmpty();
    assertThat(output.sent()).containsExactly(KICKED_OUT);
  }

  @Test
  void whoRestsCanBeKickedOut() {
    TokenGrants grants = grants(ExpiredTokenSubscriptions.DROP);
    subscribe(grants, true);
    expire(grants);
    grants.kickOut("news", null);

    assertThat(output.sent())
        .containsExactly("{\"event\":\"#kickOut\",\"data\":{\"channel\":\"news\"}}");
    assertThat(grants.restingNames()).isEmpty();
  }

  @Test
  void whoIsNotThereCannot() {
    grants(ExpiredTokenSubscriptions.DROP).kickOut("news", null);

    assertThat(output.sent()).isEmpty();
  }
}
