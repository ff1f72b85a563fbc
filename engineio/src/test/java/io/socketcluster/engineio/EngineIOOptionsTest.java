// SPDX-License-Identifier: MIT
package io.socketcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EngineIOOptionsTest {
  private static void assertRefused(UnaryOperator<EngineIOOptions.Builder> set, String message) {
    assertThatThrownBy(() -> set.apply(EngineIOOptions.builder()).build())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessage(message);
  }

  @Test
  void theCookiesAreNamedAfterTheApplication() {
    EngineIOOptions options = EngineIOOptions.builder().appName("shop").build();
    assertThat(options.socketCookieName()).isEqualTo("n/shop/io");
    assertThat(options.authCookieName()).isEqualTo("n/shop/auth");
    EngineIOOptions named = options.toBuilder().authCookieName("jwt").path("/old").build();
    assertThat(named.authCookieName()).isEqualTo("jwt");
    assertThat(named.socketCookieName()).isEqualTo("n/shop/io");
    assertThat(named.path()).isEqualTo("/old");
  }

  @Test
  void badValuesAreRefused() {
    assertRefused(
        options -> options.path("old"),
        "path is old; allowed: a path that begins with / and has no query");
    assertRefused(
        options -> options.appName("a;b"),
        "appName is a;b; allowed: visible ASCII without quotes, commas, semicolons, \\ and =");
    assertRefused(
        options -> options.pingTimeout(Duration.ZERO),
        "pingTimeout is PT0S; allowed: 100 ms to 1 h");
    assertRefused(
        options -> options.pollDuration(Duration.ofSeconds(51)),
        "pollDuration is PT51S; allowed: at most 50 s, for proxies cut longer ones");
    assertRefused(
        options -> options.pingInterval(Duration.ofSeconds(5)).pingTimeout(Duration.ofSeconds(20)),
        "pollDuration is PT25S; allowed: less than pingInterval and pingTimeout together");
    assertRefused(options -> options.maxSessions(0), "maxSessions is 0; allowed: 1 or more");
  }
}
