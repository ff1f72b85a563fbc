// SPDX-License-Identifier: MIT
package io.socketcluster.examples.game;

import io.socketcluster.examples.game.Frame.Ship;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The game itself. Players steer from any thread; one thread moves everything, so that the ships
 * need no lock.
 */
final class Field {
  static final double WIDTH = 800;
  static final double HEIGHT = 400;
  private static final double SPEED = 12;

  private final Map<String, Steer> steering = new ConcurrentHashMap<>();
  private final Map<String, Ship> ships = new TreeMap<>();
  private long tick;

  /** The last direction counts until the player gives another. Any thread. */
  void steer(String player, Steer steer) {
    steering.put(player, steer);
  }

  /**
   * Moves every ship by one tick. Newcomers begin in the middle, and players who have left are
   * gone. For one thread.
   */
  Frame move(Set<String> players) {
    steering.keySet().retainAll(players);
    ships.keySet().retainAll(players);
    players.forEach(this::move);
    return new Frame(++tick, List.copyOf(ships.values()));
  }

  private void move(String player) {
    Ship ship = ships.getOrDefault(player, new Ship(player, WIDTH / 2, HEIGHT / 2));
    Steer steer = steering.getOrDefault(player, Steer.NONE);
    ships.put(player, ship.moved(steer, SPEED, WIDTH, HEIGHT));
  }
}
