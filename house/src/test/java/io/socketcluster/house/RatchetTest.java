// SPDX-License-Identifier: MIT
package io.socketcluster.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RatchetTest {
  @Test
  void aFigureAboveTheLimitFailsWithItsName() {
    assertThatThrownBy(() -> Ratchet.atMost(5).check(Map.of("a", 5, "b", 6)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("b=6, allowed: 5")
        .hasMessageNotContaining("a=5");
  }

  @Test
  void aFrozenFigureMayFallAndNotRise() {
    Ratchet ratchet = Ratchet.atMost(5).frozenAt(Map.of("old", 9));

    assertThatCode(() -> ratchet.check(Map.of("old", 9))).doesNotThrowAnyException();
    assertThatCode(() -> ratchet.check(Map.of("old", 2))).doesNotThrowAnyException();
    assertThatThrownBy(() -> ratchet.check(Map.of("old", 10))).hasMessageContaining("old=10");
  }

  @Test
  void theLargestCircleIsFound() {
    Map<String, Set<String>> edges =
        Map.of(
            "a", Set.of("b"),
            "b", Set.of("c"),
            "c", Set.of("a", "d"),
            "d", Set.of("e"),
            "e", Set.of("d"));

    assertThat(Circles.largest(edges)).isEqualTo(3);
    assertThat(Circles.largest(Map.of("a", Set.of("b"), "b", Set.of()))).isEqualTo(1);
  }

  @Test
  void theFiguresOfThisModuleAreRead() {
    String here = "io.socketcluster.house";
    ModuleFigures figures = ModuleFigures.of(ModuleFigures.mainClasses(here));

    assertThat(figures.filesOfPackages().get(here)).isGreaterThan(4);
    assertThat(figures.largestCircles()).isEmpty();
    assertThat(figures.constructorParameters()).containsEntry(here + ".ModuleFigures", 1);
  }
}
