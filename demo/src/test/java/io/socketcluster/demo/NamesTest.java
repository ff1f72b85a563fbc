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
  @ValueSource(strings = {"", " ", "\t\n", "\u200b", "\u00a0\u2003", "\u202e\u200d"})
  void aNameThatCannotBeSeenIsBlank(String name) {
    assertThat(Names.key(name)).isEmpty();
  }
}
