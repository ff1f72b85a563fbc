// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsProgramTest {
  private static final Pattern METER =
      Pattern.compile("(?m)^\\| `(socketcluster\\.[a-z.]+)`(, `.size`)?");

  @Test
  void theGuideListsTheMetersThatExist() throws IOException {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    MetricsProgram.create(registry);
    TreeSet<String> listed = new TreeSet<>();
    METER
        .matcher(Files.readString(Path.of("../docs/metrics.md")))
        .results()
        .forEach(
            row -> {
              listed.add(row.group(1));
              if (row.group(2) != null) {
                listed.add(row.group(1) + ".size");
              }
            });
    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .extracting(Meter.Id::getName)
        .isSubsetOf(listed)
        .containsAll(listed);
  }
}
