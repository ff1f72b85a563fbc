// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogRecorderTest {
  private static final Logger LOG = LoggerFactory.getLogger("recorded");

  @Test
  void recordsWhatIsLoggedAboveDebugAndWhatIsPrintedAsAnError() {
    try (LogRecorder recorder = LogRecorder.start()) {
      LOG.debug("not this");
      LOG.info("this");
      System.err.println("and that");

      assertThat(recorder.lines()).contains("INFO recorded: this", "and that");
      assertThat(recorder.lines()).noneMatch(line -> line.contains("not this"));
    }
  }

  @Test
  void recordsNothingOnceItIsClosed() {
    LogRecorder recorder = LogRecorder.start();
    recorder.close();

    LOG.info("too late, this is only a test");

    assertThat(recorder.lines()).isEmpty();
  }
}
