// SPDX-License-Identifier: MIT
package io.socketcluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.lettuce.core.RedisURI;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.redis.RedisOptions.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisOptionsTest {
  private static RedisOptions parse(String url) {
    return parse(url, "sc");
  }

  private static RedisOptions parse(String url, String prefix) {
    return RedisOptions.parse(
        url,
        RedisOptions.Trust.OF_THE_JDK,
        new RedisOptions.Login("watcher", "pass"),
        prefix,
        Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis://one|SINGLE|redis://one:6379",
        "redis://one:7000/|SINGLE|redis://one:7000",
        "rediss://user:pass@one|SINGLE|rediss://one:6379",
        "redis://[::1]:7000|SINGLE|redis://[::1]:7000",
        "redis+sentinel://one,two:7000/main|SENTINEL|redis+sentinel://one:26379,two:7000/main",
        "rediss+cluster://:pw@one,two|CLUSTER|rediss+cluster://one:6379,two:6379"
      })
  void anAddressIsParsedAndToldWithoutItsSecrets(String url, Kind kind, String told) {
    RedisOptions options = parse(url);

    assertThat(options.kind()).isEqualTo(kind);
    assertThat(options.address()).isEqualTo(told);
    assertThat(options.toString()).doesNotContain("pass").doesNotContain("pw");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:6379",
        "http://one",
        "redis://",
        "redis://one,two",
        "redis://one:seven",
        "redis://one/3",
        "redis://one:7000?db=1",
        "redis+sentinel://one",
        "redis+cluster://one,,two",
        "redis+cluster://one/main",
        "redis://us:s3cret%zz@one"
      })
  void whatIsNoAddressIsRefusedWithoutTellingItsSecrets(String url) {
    assertThatThrownBy(() -> parse(url))
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("url is no address of Redis")
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void userAndPasswordArePercentDecoded() {
    assertThat(parse("redis://us%40er:p%3Aw+d@one").login())
        .isEqualTo(new RedisOptions.Login("us@er", "p:w+d"));
    assertThat(parse("redis://pw@one").login()).isEqualTo(new RedisOptions.Login(null, "pw"));
  }

  @Test
  void sentinelsAreOneAddressForTheLibrary() {
    List<RedisURI> uris = parse("redis+sentinel://one,two:7000/main").uris();

    assertThat(uris).singleElement().extracting(RedisURI::getSentinelMasterId).isEqualTo("main");
    assertThat(uris.getFirst().getSentinels())
        .extracting(RedisURI::getHost, RedisURI::getPort)
        .containsExactly(tuple("one", 26379), tuple("two", 7000));
  }

  @Test
  void certificatesThatCannotBeReadAreRefused() {
    assertThatThrownBy(() -> new RedisOptions.Trust(true, Path.of("no such file.pem")))
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("trustedCertificates");
  }

  @Test
  void anEmptyPrefixIsRefused() {
    assertThatThrownBy(() -> parse("redis://one", ""))
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("prefix");
  }
}
