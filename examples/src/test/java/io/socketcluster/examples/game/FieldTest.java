// SPDX-License-Identifier: MIT
package io.socketcluster.examples.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.examples.game.Frame.Ship;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldTest {
  private final Field field = new Field();

  @Test
  void aNewcomerBeginsInTheMiddle() {
    assertThat(field.move(Set.of("a"))).isEqualTo(new Frame(1, List.of(new Ship("a", 400, 200))));
  }

  @Test
  void aShipMovesUntilItIsStoppedByThePlayerOrTheEdge() {
    field.steer("a", new Steer(1, 0));
    assertThat(shipAfter(1).x()).isEqualTo(412);
    assertThat(shipAfter(1).x()).isEqualTo(424);
    assertThat(shipAfter(100).x()).isEqualTo(Field.WIDTH);
    field.steer("a", Steer.NONE);
    assertThat(shipAfter(5).x()).isEqualTo(Field.WIDTH);
  }

  @Test
  void nobodyIsFasterThanAllowed() {
    field.steer("a", new Steer(1e9, -1e9));
    assertThat(shipAfter(1)).isEqualTo(new Ship("a", 412, 188));
  }

  @Test
  void aPlayerWhoHasLeftIsGone() {
    field.steer("a", new Steer(1, 0));
    field.move(Set.of("a", "b"));
    assertThat(field.move(Set.of("b")).ships()).extracting(Ship::id).containsExactly("b");
    assertThat(field.move(Set.of("a")).ships()).containsExactly(new Ship("a", 400, 200));
  }

  private Ship shipAfter(int ticks) {
    Frame frame = field.move(Set.of("a"));
    for (int i = 1; i < ticks; i++) {
      frame = field.move(Set.of("a"));
    }
    return frame.ships().getFirst();
  }
}
