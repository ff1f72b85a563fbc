// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.core.AuthState;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAuthEngine;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.AuthTokenOptions;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.internal.auth.CheckedToken;
import io.socketcluster.server.internal.auth.TokenErrors;
import io.socketcluster.server.internal.inbound.InboundMiddleware;
import io.socketcluster.server.internal.outbound.TestOutput;
import io.socketcluster.server.tokens.TokenRevocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

class TokenCheckTest {
  private final TestOutput output = new TestOutput(AGEndpoint.of("/"));
  private final Authentication authentication =
      new Authentication(output.recorded().events(), output.life());
  private final BlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
  private final List<CheckedToken> checked = new ArrayList<>();
  private final List<@Nullable AGException> settled = new ArrayList<>();
  private AGAuthEngine engine = new Engine("bob");
  private final RevokedTokens revoked = new RevokedTokens(10, () -> 0, () -> 0);
  private final TokenEngine engines =
      new TokenEngine(() -> engine, AGServerOptions.DEFAULT, revoked, loop::add);

  /** Knows the token "good", whose owner it names. */
  private record Engine(String owner) implements AGAuthEngine {
    @Override
    public String signToken(ObjectNode claims, AuthTokenOptions options) {
      return "good";
    }

    @Override
    public JsonNode verifyToken(String signedToken, @Nullable AGServerSocket socket) {
      if (!signedToken.equals("good")) {
        throw TokenErrors.invalid("bad");
      }
      return JsonNodeFactory.instance.objectNode().put("username", owner);
    }
  }

  private TokenCheck check() {
    InboundMiddleware middleware = new InboundMiddleware(output.lines(), output.order(), null);
    return new TokenCheck(
        engines, output.order(), authentication, middleware, output.recorded().events());
  }

  private void run(TokenCheck check, @Nullable JsonNode sent) {
    check.run(sent, CheckedToken.NONE, checked::add);
  }

  /** Runs what comes back from the thread of the engine. */
  private void answer() throws InterruptedException {
    Objects.requireNonNull(loop.poll(10, TimeUnit.SECONDS), "no answer").run();
  }

  private @Nullable String owner() {
    JsonNode claims = authentication.current().claims();
    return claims == null ? null : claims.path("username").stringValue(null);
  }

  @AfterEach
  void close() {
    output.close();
  }

  @Test
  void aGoodTokenIsInForceOnceItIsSettled() throws InterruptedException {
    TokenCheck check = check();
    run(check, StringNode.valueOf("good"));
    assertThat(output.order().isIdle()).as("the packets after it wait").isFalse();
    answer();
    assertThat(authentication.current().state()).isEqualTo(AuthState.UNAUTHENTICATED);
    check.settle(checked.getFirst(), settled::add);

    assertThat(owner()).isEqualTo("bob");
    assertThat(settled).containsExactly((AGException) null);
    assertThat(output.order().isIdle()).isTrue();
  }

  @Test
  void aBadTokenTakesAwayTheOneThatWasInForce() throws InterruptedException {
    authentication.set(Token.of(JsonNodeFactory.instance.objectNode(), "old"));
    TokenCheck check = check();
    run(check, StringNode.valueOf("forged"));
    answer();
    check.settle(checked.getFirst(), settled::add);

    assertThat(authentication.current()).isEqualTo(Token.NONE);
    assertThat(settled.getFirst()).matches(TokenErrors::isBadToken);
    assertThat(output.recorded().names()).containsExactly("error", "badAuthToken");
  }

  @Test
  void whatIsNoStringIsRefusedWithoutTheEngine() {
    run(check(), IntNode.valueOf(1));

    assertThat(checked.getFirst().error()).isNotNull();
    assertThat(output.order().isIdle()).isTrue();
  }

  @Test
  void theApplicationOverrulesACheck() throws InterruptedException {
    TokenCheck check = check();
    run(check, StringNode.valueOf("good"));
    authentication.decidedByApplication();
    answer();
    check.settle(checked.getFirst(), settled::add);

    assertThat(check.isOverruled()).isTrue();
    assertThat(owner()).isNull();
  }

  @Test
  void aTokenThatIsRevokedWhileOthersDecideIsRefused() throws InterruptedException {
    TokenCheck check = check();
    run(check, StringNode.valueOf("good"));
    answer();
    revoked.add(TokenRevocation.ofUser("username", "bob", Duration.ofHours(1)));
    check.settle(checked.getFirst(), settled::add);

    assertThat(authentication.current()).isEqualTo(Token.NONE);
    assertThat(settled.getFirst()).hasMessage("jwt revoked").matches(TokenErrors::isBadToken);
  }

  @Test
  void anEngineThatReplacedTheOneThatWasAskedIsAskedAgain() throws InterruptedException {
    run(check(), StringNode.valueOf("good"));
    engine = new Engine("alice");
    answer();
    assertThat(checked).isEmpty();
    answer();

    assertThat(checked.getFirst().claims()).hasToString("{\"username\":\"alice\"}");
    assertThat(output.order().isIdle()).isTrue();
  }

  @Test
  void aSocketThatHasClosedHearsNothing() throws InterruptedException {
    run(check(), StringNode.valueOf("good"));
    output.order().stop();
    answer();

    assertThat(checked).isEmpty();
  }

  @Test
  void theMiddlewareMayTakeTheTokenAwayAgain() throws InterruptedException {
    output.middleware().ask(MiddlewareLine.INBOUND);
    TokenCheck check = check();
    run(check, StringNode.valueOf("good"));
    answer();
    check.settle(checked.getFirst(), settled::add);
    assertThat(owner()).as("the middleware sees it in force").isEqualTo("bob");
    output.middleware().next().block();

    assertThat(owner()).isNull();
    assertThat(settled.getFirst()).isNotNull();
  }
}
