// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CloseCodeProbeTest {
  @Test
  void theLastCodeOfTheLogIsTold() {
    Stream<String> log =
        Stream.of("port 1", "closed with 4001", "closed with 4010", "load: an error");

    assertThat(CloseCodeProbe.lastCode(log)).hasValue(4010);
  }

  @Test
  void aServerThatClosedNobodyHasNone() {
    assertThat(CloseCodeProbe.lastCode(Stream.of("port 1"))).isEmpty();
  }
}
