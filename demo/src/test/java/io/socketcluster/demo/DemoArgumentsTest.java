// SPDX-License-Identifier: MIT
package io.socketcluster.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoArgumentsTest {
  @Test
  void withoutArgumentsThePortIs8000() {
    assertThat(DemoArguments.of()).isEqualTo(new DemoArguments(8000, null, false));
  }

  @Test
  void thePortAndTheHelpCanBeAskedFor() {
    assertThat(DemoArguments.of("--port", "0")).isEqualTo(new DemoArguments(0, null, false));
    assertThat(DemoArguments.of("--port", "9000", "--help").help()).isTrue();
    assertThat(DemoArguments.of("-h").help()).isTrue();
  }

  @Test
  void theBrokerIsAUrl() {
    assertThat(DemoArguments.of("--broker", "nats://localhost", "--port", "1"))
        .isEqualTo(new DemoArguments(1, "nats://localhost", false));
  }

  @ParameterizedTest
  @CsvSource({
    "--broker,                  --broker needs a value",
    "--port,                    --port needs a value",
    "--port 65536,              '--port must be a number from 0 to 65535, not 65536'",
    "--port x,                  '--port must be a number from 0 to 65535, not x'",
    "--port -1,                 '--port must be a number from 0 to 65535, not -1'",
    "--port 1 --verbose,        there is no option --verbose",
    "8000,                      there is no option 8000"
  })
  void anythingElseIsRefusedWithASentence(String line, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DemoArguments.of(line.split(" ")))
        .withMessage(sentence);
  }
}
