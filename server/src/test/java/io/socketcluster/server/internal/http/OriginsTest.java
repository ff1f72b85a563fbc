// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  @Test
  void allOriginsIncludeNone() {
    Origins all = new Origins(List.of("*:*"));

    assertThat(all.allow(List.of())).isTrue();
    assertThat(all.allow(List.of("null"))).isTrue();
    assertThat(all.allow(List.of("not an origin"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com, true",
    "https://EXAMPLE.com, true",
    "http://example.com:443, true",
    "http://example.com, false",
    "http://any.org:8000, true",
    "http://any.org:8001, false",
    "https://host.only:1, true",
    "https://host.only.evil.com, false",
    "https://evil.com#example.com:443, false",
    "http://[::1]:9000, true",
  })
  void anOriginIsComparedByHostAndPort(String origin, boolean allowed) {
    Origins origins =
        new Origins(List.of("Example.com:443", "*:8000", "host.only:*", "[::1]:9000"));

    assertThat(origins.allow(List.of(origin))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", " ", "http://", "https://a b", "%%%", "mailto:x", "example"})
  void whatIsNoOriginIsRefused(String origin) {
    Origins origins = new Origins(List.of("null:*", "*:80", "*:443", "example.com:*"));

    assertThat(origins.allow(List.of(origin))).isFalse();
    assertThat(origins.allow(List.of())).as("no browser").isTrue();
  }
}
