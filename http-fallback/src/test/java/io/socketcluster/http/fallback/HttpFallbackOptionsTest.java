// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGEndpoint;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class HttpFallbackOptionsTest {
  @Test
  void theDefaultsAreThoseOfTheGuide() {
    HttpFallbackOptions options = HttpFallbackOptions.builder().build();
    assertThat(options.endpoint().path()).isEqualTo("/socketcluster-http/");
    assertThat(options.closeTimeout()).hasSeconds(15);
    assertThat(options.pollDuration()).hasSeconds(25);
    assertThat(options.webSocket()).isTrue();
    assertThat(options.maxRequestBody()).isEqualTo(1 << 20);
    assertThat(options.maxSessions()).isEqualTo(100_000);
    assertThat(options.maxSessionsPerAddress()).isEqualTo(10_000);
    assertThat(options.maxStreamsPerAddress()).isEqualTo(10_000);
  }

  @Test
  void aPathLeavesTheOtherSettings() {
    AGEndpoint old = AGEndpoint.of("/x/").withProtocolVersion(ProtocolVersion.V1);
    HttpFallbackOptions options = HttpFallbackOptions.builder().endpoint(old).path("/y/").build();
    assertThat(options.toBuilder().build().endpoint())
        .isEqualTo(AGEndpoint.of("/y/").withProtocolVersion(ProtocolVersion.V1));
  }

  @Test
  void whatIsNotAllowedIsRefusedWithItsName() {
    refused("path", options -> options.path("x/"));
    refused("path", options -> options.path("/x"));
    refused("path", options -> options.path("/x?a/"));
    refused("closeTimeout", options -> options.closeTimeout(Duration.ofMillis(99)));
    refused("pollDuration", options -> options.pollDuration(Duration.ofSeconds(51)));
    refused("maxRequestBody", options -> options.maxRequestBody(0));
    refused("maxSessions", options -> options.maxSessions(0));
    refused("maxSessionsPerAddress", options -> options.maxSessionsPerAddress(0));
    refused("maxStreamsPerAddress", options -> options.maxStreamsPerAddress(0));
  }

  private static void refused(String name, UnaryOperator<HttpFallbackOptions.Builder> change) {
    assertThatExceptionOfType(InvalidOptionsError.class)
        .isThrownBy(() -> change.apply(HttpFallbackOptions.builder()).build())
        .withMessageStartingWith(name + " is ");
  }
}
