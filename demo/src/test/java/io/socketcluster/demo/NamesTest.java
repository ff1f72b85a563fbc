// SPDX-License-Identifier: MIT
package io.socketcluster.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"Ada L", "ada l", "ADA  L ", "A\u200bda\u00a0L", "\uff21da L", "Ada\u202e L"})
  void namesThatLookAlikeAreOneName(String name) {
    assertThat(Names.key(name)).isEqualTo("ada l");
  }

  @Test
  void namesThatLookDifferentAreDifferent() {
    assertThat(Names.key("AdaL")).isNotEqualTo(Names.key("Ada L"));
    assertThat(Names.key("Zoë \"Z\" 漢")).isEqualTo("zoë \"z\" 漢");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\t\n",
        "\u200b",
        "\u00a0\u2003",
        "\u202e\u200d",
        "\u3164",
        "\uffa0\u115f",
        "\u2800",
        "\ufe0f",
        "\u034f \udb40\udd00",
        "\ud800"
      })
  void aNameThatCannotBeSeenIsBlank(String name) {
    assertThat(Names.key(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0410da", "Ad\u0430", "\u0391da", "\u13aada"})
  void aNameThatImitatesAnotherAlphabetIsRefused(String name) {
    assertThat(Names.isMixed(Names.key(name))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ada 1", "Zoë", "Иван 2", "Νίκη", "漢 Ada カナ", "עדה", "Ada \ud83d\ude00"})
  void aNameOfOneAlphabetIsTaken(String name) {
    assertThat(Names.isMixed(Names.key(name))).isFalse();
  }
}
