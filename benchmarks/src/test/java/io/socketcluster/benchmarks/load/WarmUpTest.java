// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private final ProcessTimes thisJvm = new ProcessTimes(List.of(ProcessHandle.current().pid()));
  private final List<Duration> loads = new ArrayList<>();

  @Test
  void theCompilersOfAJvmAreKnownAndHaveAShareOfItsCpu() throws IOException {
    assertThat(thisJvm.hasCompilers()).isTrue();
    assertThat(thisJvm.compilers()).isLessThan(thisJvm.all());
  }

  @Test
  void compilersAtRestEndIt() throws Exception {
    new WarmUp(thisJvm, Duration.ofSeconds(1), Duration.ofDays(1)).run(loads::add);

    assertThat(loads)
        .startsWith(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(4));
  }

  @Test
  void theLongestWarmUpIsNeverExceeded() throws Exception {
    new WarmUp(thisJvm, Duration.ofSeconds(1), Duration.ZERO).run(loads::add);

    assertThat(loads).containsExactly(Duration.ofSeconds(1));
  }
}
