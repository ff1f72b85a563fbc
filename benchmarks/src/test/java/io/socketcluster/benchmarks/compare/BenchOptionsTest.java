// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketcluster.benchmarks.compare.lab.Descriptors;
import io.socketcluster.benchmarks.compare.plan.Experiment;
import io.socketcluster.benchmarks.compare.plan.Section;
import io.socketcluster.benchmarks.compare.plan.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {
  private static Section section(String id, String... experiments) {
    return new Section(
        id,
        id,
        "this",
        List.of(),
        List.of(experiments).stream().map(BenchOptionsTest::experiment).toList());
  }

  private static Experiment experiment(String id) {
    return new Experiment(id, id, List.of(), (contender, lab) -> Map.of(), Target.none());
  }

  private static final List<Section> SECTIONS =
      List.of(section("peers", "echo-100", "idle"), section("jvm", "jvm: echo"));

  private static List<String> chosen(String... args) {
    return BenchOptions.parse(args).choose(SECTIONS).stream()
        .flatMap(section -> section.experiments().stream())
        .map(Experiment::id)
        .toList();
  }

  @Test
  void everythingIsRunWithoutAChoice() {
    assertThat(chosen()).containsExactly("echo-100", "idle", "jvm: echo");
  }

  @Test
  void sectionsAndExperimentsCanBeChosen() {
    assertThat(chosen("--only", "idle, jvm")).containsExactly("idle", "jvm: echo");
  }

  @Test
  void whatDoesNotExistIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chosen("--only", "idle,echo"))
        .withMessageContaining("echo");
  }

  @Test
  void connectionsStayBelowTheDescriptors() {
    assertThat(Descriptors.mostConnections("20000")).isEqualTo(19_000);
    assertThat(Descriptors.mostConnections("1024")).isEqualTo(524);
    assertThat(Descriptors.mostConnections("unlimited")).isEqualTo(Integer.MAX_VALUE);
  }
}
