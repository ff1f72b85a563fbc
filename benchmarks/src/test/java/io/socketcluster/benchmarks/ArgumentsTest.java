// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final Map<String, String> DEFAULTS = Map.of("secs", "5", "only", "");

  private static Arguments parse(String... args) {
    return Arguments.parse(args, DEFAULTS);
  }

  @Test
  void whatIsNotGivenIsTheDefault() {
    Arguments arguments = parse("--only", "idle");

    assertThat(arguments.text("only")).isEqualTo("idle");
    assertThat(arguments.number("secs", 1, 10)).isEqualTo(5);
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("--sec", "5"))
        .withMessageContaining("--sec");
  }

  @Test
  void aNameWithoutAValueIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("--secs"))
        .withMessageContaining("needs a value");
  }

  @Test
  void aNumberOutOfRangeIsRefusedWithWhatIsAllowed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("--secs", "11").number("secs", 1, 10))
        .withMessageContaining("from 1 to 10, not 11");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("--secs", "two").number("secs", 1, 10));
  }
}
