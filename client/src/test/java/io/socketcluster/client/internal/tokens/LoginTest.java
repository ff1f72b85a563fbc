// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
  private static String token(String claims) {
    return "head."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
        + ".sign";
  }

  @Test
  void showsTheClaims() {
    Login login = Login.of(token("{\"username\":\"ada 🦊\",\"exp\":17}"));

    assertThat(login.authToken().path("username").stringValue()).isEqualTo("ada 🦊");
    assertThat(login.authToken().path("exp").intValue()).isEqualTo(17);
  }

  @Test
  void claimsThatAreNoJsonAreText() {
    assertThat(Login.of(token("no json")).authToken().stringValue()).isEqualTo("no json");
    assertThat(Login.of(token("{} and more")).authToken().stringValue()).isEqualTo("{} and more");
    assertThat(Login.of("a.%%%.c").authToken().stringValue()).isEqualTo("%%%");
  }

  @Test
  void claimsDeeperThanAnyoneNeedsAreText() {
    String deep = "[".repeat(50_000) + "]".repeat(50_000);
    assertThat(Login.of(token(deep)).authToken().stringValue()).isEqualTo(deep);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "opaque", ".", "..", "a.", "a..c"})
  void aTokenThatIsNoJsonWebTokenHasNoClaims(String token) {
    assertThat(Login.of(token).authToken().isMissingNode()).isTrue();
  }

  @Test
  void theTextOfALoginDoesNotTellTheSecret() {
    assertThat(Login.of(token("{}")).toString()).doesNotContain("sign").doesNotContain("head");
  }
}
