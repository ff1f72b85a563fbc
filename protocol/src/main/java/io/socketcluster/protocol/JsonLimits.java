// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import io.socketcluster.protocol.errors.InvalidOptionsError;

/**
 * What a received message may cost. A message over a limit closes the connection with {@link
 * CloseCode#POLICY_VIOLATION}. Its size in bytes is bounded where frames are read. Immutable.
 *
 * @param maxDepth how deep arrays and objects may nest, packet and batch included: 1 to 1000
 * @param maxNumberLength how many characters a number may have: 1 to 10000
 */
public record JsonLimits(int maxDepth, int maxNumberLength) {
  static final int HIGHEST_DEPTH = 1_000;
  static final int HIGHEST_NUMBER_LENGTH = 10_000;

  /** Depth 512 and numbers of 1000 characters. */
  public static final JsonLimits DEFAULT = new JsonLimits(512, 1_000);

  /**
   * @throws InvalidOptionsError if a value is out of its range
   */
  public JsonLimits {
    check("maxDepth", maxDepth, HIGHEST_DEPTH);
    check("maxNumberLength", maxNumberLength, HIGHEST_NUMBER_LENGTH);
  }

  private static void check(String name, int value, int highest) {
    if (value < 1 || value > highest) {
      throw new InvalidOptionsError(name + " must be from 1 to " + highest + ", not " + value);
    }
  }
}
