// SPDX-License-Identifier: MIT
package io.socketcluster.examples.game;

import java.util.List;

/**
 * The whole field at one tick.
 *
 * @param tick counts from 1
 * @param ships one of each player
 */
record Frame(long tick, List<Ship> ships) {
  /**
   * A player's ship.
   *
   * @param id of the player's socket
   */
  record Ship(String id, double x, double y) {
    Ship moved(Steer steer, double speed, double width, double height) {
      return new Ship(
          id,
          Math.clamp(x + steer.x() * speed, 0, width),
          Math.clamp(y + steer.y() * speed, 0, height));
    }
  }
}
