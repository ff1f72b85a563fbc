// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.core.AuthState;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.internal.events.RecordedEvents;
import io.socketcluster.server.internal.loop.StubLife;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class AuthenticationTest {
  private static final long EXPIRY_SECONDS = 1_000_000_000;
  private static final Token TOKEN =
      Token.of(JsonNodeFactory.instance.objectNode().put("exp", EXPIRY_SECONDS), "signed");

  private final RecordedEvents recorded = new RecordedEvents(AGServerOptions.DEFAULT);
  private final StubLife life = new StubLife();
  private final Authentication authentication = new Authentication(recorded.events(), life);

  @Test
  void aTokenIsInForceBeforeItIsAnnounced() {
    authentication.set(TOKEN);

    assertThat(authentication.current()).isEqualTo(TOKEN);
    assertThat(recorded.names()).isEmpty();
    assertThat(life.sweeps()).as("the sweep looks at its expiry").isEqualTo(1);
  }

  @Test
  void theFirstTokenChangesTheStateAndTheNextOneDoesNot() {
    authentication.set(TOKEN);
    authentication.announce(AuthState.UNAUTHENTICATED);
    assertThat(recorded.names()).containsExactly("authStateChange", "authenticate");
    authentication.announce(AuthState.AUTHENTICATED);

    assertThat(recorded.names()).containsExactly("authenticate");
  }

  @Test
  void withoutATokenNothingIsAnnounced() {
    authentication.announce(AuthState.UNAUTHENTICATED);

    assertThat(recorded.names()).isEmpty();
  }

  @Test
  void aTokenThatIsTakenAwayChangesTheStateOnce() {
    authentication.set(TOKEN);
    authentication.deauthenticate();
    assertThat(authentication.current()).isEqualTo(Token.NONE);
    assertThat(recorded.names()).containsExactly("authStateChange", "deauthenticate");
    authentication.deauthenticate();

    assertThat(recorded.names()).containsExactly("deauthenticate");
  }

  @Test
  void aTokenExpiresAfterTheLastMillisecondOfItsTime() {
    authentication.set(TOKEN);

    assertThat(authentication.isExpired(EXPIRY_SECONDS * 1000)).isFalse();
    assertThat(authentication.isExpired(EXPIRY_SECONDS * 1000 + 1)).isTrue();
    assertThat(authentication.expiredError().expiry())
        .isEqualTo(Instant.ofEpochSecond(EXPIRY_SECONDS));
  }

  @Test
  void aSocketWithoutATokenNeverExpires() {
    assertThat(authentication.isExpired(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void theDecisionsOfTheApplicationAreCounted() {
    authentication.decidedByApplication();
    authentication.set(TOKEN);

    assertThat(authentication.decisions()).isEqualTo(1);
  }
}
