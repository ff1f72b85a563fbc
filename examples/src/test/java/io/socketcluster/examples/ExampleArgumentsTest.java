// SPDX-License-Identifier: MIT
package io.socketcluster.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleArgumentsTest {
  private static final Set<String> NAMES = Set.of("game");

  @Test
  void anExampleListensOnPort8000() {
    assertThat(ExampleArguments.of(NAMES, "game")).isEqualTo(new ExampleArguments("game", 8000));
  }

  @Test
  void thePortCanBeChosen() {
    assertThat(ExampleArguments.of(NAMES, "game", "--port", "0").port()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "chess",
        "game --port",
        "game --port 70000",
        "game --port x",
        "game --host a",
        "game --port 1 2"
      })
  void whatMakesNoSenseIsRefused(String line) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ", -1);
    assertThatIllegalArgumentException().isThrownBy(() -> ExampleArguments.of(NAMES, args));
  }
}
