// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AGClientOptions;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static String uri(AGClientOptions.Builder options) {
    return Targets.uri(options.build()).toString();
  }

  @Test
  void theUsualPortIsNotSaid() {
    assertThat(uri(AGClientOptions.builder())).isEqualTo("ws://localhost/socketcluster/");
    assertThat(uri(AGClientOptions.builder().port(443)))
        .isEqualTo("ws://localhost:443/socketcluster/");
    assertThat(uri(AGClientOptions.builder().secure(true).port(443).path("/x")))
        .isEqualTo("wss://localhost/x");
    assertThat(uri(AGClientOptions.builder().secure(true).port(80)))
        .isEqualTo("wss://localhost:80/socketcluster/");
  }

  @Test
  void anAddressOfVersionSixHasBrackets() {
    assertThat(uri(AGClientOptions.builder().hostname("::1").port(8000)))
        .isEqualTo("ws://[::1]:8000/socketcluster/");
  }

  @Test
  void aHostMayHaveAnUnderscore() {
    assertThat(uri(AGClientOptions.builder().hostname("chat_server").port(8000)))
        .isEqualTo("ws://chat_server:8000/socketcluster/");
  }

  @Test
  void theQueryIsEncodedInTheOrderInWhichItWasGiven() {
    AGClientOptions.Builder options =
        AGClientOptions.builder()
            .query("room", "a b&c=d")
            .query("é", "1+1")
            .query("room", "second")
            .query("", "");
    assertThat(uri(options))
        .isEqualTo("ws://localhost/socketcluster/?room=a+b%26c%3Dd&room=second&%C3%A9=1%2B1&=");
  }

  @Test
  void theTimeOfTheRequestIsAParameter() {
    AGClientOptions.Builder options =
        AGClientOptions.builder().query("a", "1").timestampRequests(true).timestampParam("now");
    assertThat(uri(options)).matches("ws://localhost/socketcluster/\\?a=1&now=\\d{13}");
  }
}
