// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.tokens.TokenRevocation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevokedTokensTest {
  private static final Instant ALWAYS = Instant.parse("2100-01-01T00:00:00Z");

  private final AtomicLong clock = new AtomicLong();
  private final RevokedTokens revoked = new RevokedTokens(3, clock::get, () -> 0);

  private static TokenRevocation of(
      String claim, Object value, @Nullable Instant until, Instant kept) {
    return new TokenRevocation(claim, Payload.of(value).node(), until, kept);
  }

  private static Token token(Map<String, Object> claims) {
    return Token.of(Payload.of(claims).node(), "signed");
  }

  @Test
  void tokensAreRevokedByAClaimAndTheTimeOfTheirIssue() {
    revoked.add(of("user", "ann", Instant.ofEpochSecond(100), ALWAYS));
    assertThat(revoked.contain(token(Map.of("user", "ann", "iat", 100)))).isTrue();
    assertThat(revoked.contain(token(Map.of("user", "ann", "iat", 101)))).isFalse();
    assertThat(revoked.contain(token(Map.of("user", "ann")))).as("of unknown age").isTrue();
    assertThat(revoked.contain(token(Map.of("user", "bob", "iat", 1)))).isFalse();
    assertThat(revoked.contain(token(Map.of("iat", 1)))).isFalse();
    assertThat(revoked.contain(Token.NONE)).isFalse();
  }

  @Test
  void whoIsKnownWithoutATokenHasNoneToRevoke() {
    revoked.add(of("user", "ann", null, ALWAYS));
    assertThat(revoked.contain(Token.of(Payload.of(Map.of("user", "ann")).node(), null))).isFalse();
  }

  @Test
  void aNumberIsNotTheSameAsItsDigits() {
    revoked.add(of("user", 5, null, ALWAYS));
    assertThat(revoked.contain(token(Map.of("user", 5L)))).isTrue();
    assertThat(revoked.contain(token(Map.of("user", "5")))).isFalse();
  }

  @Test
  void aSecondRevocationExtendsTheFirst() {
    revoked.add(of("user", "ann", Instant.ofEpochSecond(100), Instant.ofEpochMilli(10)));
    revoked.add(of("user", "ann", Instant.ofEpochSecond(50), Instant.ofEpochMilli(20)));
    clock.set(20);
    assertThat(revoked.contain(token(Map.of("user", "ann", "iat", 100)))).isTrue();
    revoked.add(of("user", "ann", null, ALWAYS));
    assertThat(revoked.contain(token(Map.of("user", "ann", "iat", 1_000)))).isTrue();
    assertThat(revoked.inForce()).hasSize(1);
  }

  @Test
  void whatIsOverExtendsNothing() {
    revoked.add(of("user", "ann", null, Instant.ofEpochMilli(10)));
    clock.set(20);
    revoked.add(of("user", "ann", Instant.ofEpochSecond(100), ALWAYS));
    assertThat(revoked.contain(token(Map.of("user", "ann", "iat", 100)))).isTrue();
    assertThat(revoked.contain(token(Map.of("user", "ann", "iat", 101)))).isFalse();
  }

  @Test
  void tokensOfAnyAgeAreRefusedNoLongerThanWasAsked() {
    revoked.add(of("user", "ann", null, Instant.ofEpochMilli(10)));
    revoked.add(of("user", "ann", Instant.ofEpochSecond(100), Instant.ofEpochMilli(20)));
    assertThat(revoked.inForce()).hasSize(2);
    assertThat(revoked.contain(token(Map.of("user", "ann", "iat", 101)))).isTrue();
    clock.set(11);
    assertThat(revoked.contain(token(Map.of("user", "ann", "iat", 101)))).isFalse();
    assertThat(revoked.contain(token(Map.of("user", "ann", "iat", 100)))).isTrue();
    assertThat(revoked.inForce()).hasSize(1);
  }

  @Test
  void bothRevocationsOfAValueCount() {
    revoked.add(of("user", "ann", null, Instant.ofEpochMilli(10)));
    revoked.add(of("user", "ann", Instant.ofEpochSecond(100), ALWAYS));
    assertThat(revoked.add(of("user", "bob", null, ALWAYS))).isTrue();
    assertThat(revoked.add(of("user", "carl", null, ALWAYS))).isFalse();
    assertThat(revoked.add(of("user", "bob", Instant.EPOCH, ALWAYS))).as("covered").isTrue();
    clock.set(11);
    assertThat(revoked.add(of("user", "carl", null, ALWAYS))).isTrue();
  }

  @Test
  void moreThanTheLimitIsRefusedUntilOneIsOver() {
    for (int i = 0; i < 3; i++) {
      assertThat(revoked.add(of("user", i, null, Instant.ofEpochMilli(i)))).isTrue();
    }
    assertThat(revoked.add(of("user", 3, null, ALWAYS))).isFalse();
    assertThat(revoked.contain(token(Map.of("user", 3)))).isFalse();
    assertThat(revoked.add(of("user", 2, null, ALWAYS))).as("known already").isTrue();
    clock.set(1);
    assertThat(revoked.add(of("user", 3, null, ALWAYS))).isTrue();
    assertThat(revoked.inForce())
        .extracting(each -> each.value().intValue())
        .containsExactlyInAnyOrderElementsOf(List.of(1, 2, 3));
  }

  @Test
  void notEveryClaimCanBeUsed() {
    RevokedTokens many = new RevokedTokens(1_000, clock::get, () -> 0);
    for (int i = 0; i < 16; i++) {
      assertThat(many.add(of("claim " + i, 1, null, ALWAYS))).isTrue();
    }
    assertThat(many.add(of("one more", 1, null, ALWAYS))).isFalse();
    assertThat(many.add(of("claim 1", 2, null, ALWAYS))).isTrue();
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    assertThatThrownBy(() -> TokenRevocation.ofUser("user", List.of(), Duration.ofDays(1)))
        .isInstanceOf(InvalidArgumentsError.class)
        .hasMessageContaining("a string, a number or a boolean");
    assertThatThrownBy(() -> TokenRevocation.ofUser("", "ann", Duration.ofDays(1)))
        .hasMessage("claim has 0 characters; allowed: 1 to 256");
    assertThatThrownBy(() -> TokenRevocation.ofId("x".repeat(1_024), Duration.ofDays(1)))
        .isInstanceOf(InvalidArgumentsError.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {36_501, Long.MAX_VALUE / 86_400})
  void noRevocationIsKeptForLongerThanAHundredYears(long days) {
    Duration tooLong = Duration.ofDays(days);
    assertThatThrownBy(() -> TokenRevocation.ofUser("user", "ann", tooLong))
        .isInstanceOf(InvalidArgumentsError.class)
        .hasMessageContaining("36500 days");
    assertThatThrownBy(() -> TokenRevocation.ofId("id", tooLong))
        .isInstanceOf(InvalidArgumentsError.class);
  }

  @Test
  void theEndOfARevocationIsAMomentThatCanBeWritten() {
    for (Instant end : List.of(Instant.MIN, Instant.EPOCH.minusMillis(1), Instant.MAX)) {
      assertThatThrownBy(() -> of("user", "ann", null, end))
          .isInstanceOf(InvalidArgumentsError.class)
          .hasMessageContaining("keptUntil");
    }
  }
}
