// SPDX-License-Identifier: MIT
package io.socketcluster.examples.game;

/**
 * The direction that a player wants, from -1 to 1 on each axis; whatever a client sends beyond that
 * is cut off.
 */
record Steer(double x, double y) {
  static final Steer NONE = new Steer(0, 0);

  Steer {
    x = Math.clamp(x, -1, 1);
    y = Math.clamp(y, -1, 1);
  }
}
