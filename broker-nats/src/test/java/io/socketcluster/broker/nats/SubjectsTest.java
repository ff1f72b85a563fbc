// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {
  private final Subjects subjects = new Subjects("sc");

  @ParameterizedTest
  @CsvSource({
    "news, sc.c.news",
    "room/7, sc.c.room/7",
    "'', sc.c.=",
    "a.b, sc.c.a=002eb",
    "a=002eb, sc.c.a=003d002eb",
    "*, sc.c.=002a",
    ">, sc.c.=003e",
    "' ', sc.c.=0020",
    "é, sc.c.=00e9",
    "$SYS, sc.c.$SYS"
  })
  void aChannelIsOneTokenOfHarmlessCharacters(String channel, String subject) {
    assertThat(subjects.of(channel)).isEqualTo(subject);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "a\ud800", "\udc00\ud800", "\u0000", "\r\n", "\t", "\u007f"})
  void halfCharactersAndControlCharactersAreKeptApart(String channel) {
    assertThat(subjects.of(channel)).matches("sc\\.c\\.[a-z=0-9]+").isNotEqualTo("sc.c.?");
  }

  @Test
  void namesThatAreTooLongForALineAreHashed() {
    String longest = subjects.of("x".repeat(1_024));
    List<String> hashed =
        List.of(
            subjects.of("x".repeat(1_025)),
            subjects.of("x".repeat(16_384)),
            subjects.of("€".repeat(300)),
            subjects.of("€".repeat(301)));

    assertThat(longest).isEqualTo("sc.c." + "x".repeat(1_024));
    assertThat(hashed)
        .allMatch(each -> each.matches("sc\\.h\\.[0-9a-f]{64}"))
        .doesNotHaveDuplicates();
  }
}
