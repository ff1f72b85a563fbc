// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of a process in words. */
class ExitStatusTest {
  @ParameterizedTest
  @CsvSource({
    "0, exit code 0",
    "1, exit code 1",
    "3, 'exit code 3, out of memory'",
    "134, signal SIGABRT",
    "137, signal SIGKILL",
    "139, signal SIGSEGV",
    "143, signal SIGTERM",
    "200, exit code 200"
  })
  void theEndIsACodeOrASignal(int status, String words) {
    assertThat(ExitStatus.of(status)).hasToString(words);
  }
}
