// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.internal.auth.CheckedToken;
import io.socketcluster.server.internal.outbound.TestOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboundMiddlewareTest {
  private static final long LONG_NANOS = Duration.ofMinutes(1).toNanos();

  private final TestOutput output = new TestOutput(AGEndpoint.of("/"));
  private final InboundMiddleware middleware =
      new InboundMiddleware(output.lines(), output.order(), null);
  private final List<String> outcomes = new ArrayList<>();

  private void ask() {
    middleware.ask(
        AGAction.Type.TRANSMIT,
        "greet",
        Payload.of("hello"),
        null,
        data -> outcomes.add("allowed " + data),
        error -> outcomes.add("blocked"));
  }

  private void askHandshake() {
    middleware.askHandshake(
        CheckedToken.NONE, () -> outcomes.add("allowed"), error -> outcomes.add("blocked"));
  }

  @AfterEach
  void close() {
    output.close();
  }

  @Test
  void withoutAMiddlewareEverythingIsAllowedAtOnce() {
    ask();
    askHandshake();

    assertThat(outcomes).containsExactly("allowed \"hello\"", "allowed");
    assertThat(output.order().isIdle()).isTrue();
  }

  @Test
  void thePacketsBehindAnUndecidedOneWait() {
    output.middleware().ask(MiddlewareLine.INBOUND);
    ask();
    assertThat(outcomes).isEmpty();
    assertThat(output.order().isIdle()).isFalse();
    output.middleware().next().allow();

    assertThat(outcomes).containsExactly("allowed \"hello\"");
    assertThat(output.order().isIdle()).isTrue();
  }

  @Test
  void aBlockedPacketReleasesTheOrder() {
    output.middleware().ask(MiddlewareLine.INBOUND);
    ask();
    output.middleware().next().block(new AGException("NoError", "no"));

    assertThat(outcomes).containsExactly("blocked");
    assertThat(output.order().isIdle()).isTrue();
  }

  @Test
  void theHandshakeHasALineOfItsOwn() {
    output.middleware().ask(MiddlewareLine.HANDSHAKE);
    ask();
    assertThat(outcomes).containsExactly("allowed \"hello\"");
    askHandshake();
    output.middleware().next().allow();

    assertThat(outcomes).containsExactly("allowed \"hello\"", "allowed");
  }

  @Test
  void aDecisionThatNeverComesIsABlock() {
    output.middleware().ask(MiddlewareLine.INBOUND);
    ask();
    output.middleware().next();
    middleware.sweep(System.nanoTime());
    assertThat(outcomes).isEmpty();
    middleware.sweep(System.nanoTime() + LONG_NANOS);

    assertThat(outcomes).containsExactly("blocked");
    assertThat(output.order().isIdle()).isTrue();
  }

  @Test
  void afterTheSocketNothingIsAskedOrDecided() {
    output.middleware().ask(MiddlewareLine.INBOUND);
    ask();
    AGAction undecided = output.middleware().next();
    middleware.kill();
    undecided.allow();
    ask();

    assertThat(output.middleware().poll()).isNull();
    assertThat(outcomes).isEmpty();
  }
}
