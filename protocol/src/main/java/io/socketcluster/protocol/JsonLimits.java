// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import io.socketcluster.protocol.errors.InvalidOptionsError;

/**
 * The limits of a received message. A message over a limit closes the connection with {@link
 * CloseCode#POLICY_VIOLATION}. Its size in bytes is bounded where frames are read. Immutable.
 *
 * @param maxDepth how deep arrays and objects may nest, packet and batch included: 1 to 1000
 * @param maxNumberLength how many characters a number may have: 1 to 10000
 * @param maxValues how many values a packet may have, arrays and objects included: 1000 or more. As
 *     a tree a value takes up to 250 bytes of heap, and up to half a microsecond. A reserved event
 *     other than {@code #publish} may have 10000 at most
 */
public record JsonLimits(int maxDepth, int maxNumberLength, int maxValues) {
  static final int HIGHEST_DEPTH = 1_000;
  static final int HIGHEST_NUMBER_LENGTH = 10_000;

  /** A subscription or a token needs no more, and an event loop decodes it. */
  private static final int MOST_AT_ONCE = 10_000;

  private static final int FEWEST_VALUES = 1_000;
  private static final int DEFAULT_VALUES = 100_000;

  /** The widest limits that a connection may have. */
  static final JsonLimits WIDEST =
      new JsonLimits(HIGHEST_DEPTH, HIGHEST_NUMBER_LENGTH, Integer.MAX_VALUE);

  /** Depth 512, numbers of 1000 characters and 100,000 values. */
  public static final JsonLimits DEFAULT = new JsonLimits(512, 1_000);

  /**
   * @throws InvalidOptionsError if a value is out of its range
   */
  public JsonLimits {
    check("maxDepth", maxDepth, HIGHEST_DEPTH);
    check("maxNumberLength", maxNumberLength, HIGHEST_NUMBER_LENGTH);
    if (maxValues < FEWEST_VALUES) {
      throw new InvalidOptionsError(
          "maxValues is " + maxValues + "; allowed: " + FEWEST_VALUES + " or more");
    }
  }

  /** Creates limits with 100,000 values. */
  public JsonLimits(int maxDepth, int maxNumberLength) {
    this(maxDepth, maxNumberLength, DEFAULT_VALUES);
  }

  /** Returns these limits with another number of values. */
  public JsonLimits withMaxValues(int values) {
    return new JsonLimits(maxDepth, maxNumberLength, values);
  }

  /**
   * Checks how many values an event has, for codecs.
   *
   * @throws MalformedMessageException with 1008 if they are too many
   */
  public void checkValues(String event, int values) {
    boolean isReserved = event.startsWith("#") && !event.equals(ReservedEvents.PUBLISH);
    if (isReserved) {
      checkFewValues(values);
    }
  }

  /**
   * Checks how many values there are of what is decoded where it arrives, for codecs.
   *
   * @throws MalformedMessageException with 1008 if they are too many
   */
  public void checkFewValues(int values) {
    if (values > MOST_AT_ONCE) {
      throw MalformedMessageException.overLimit("a number of values", MOST_AT_ONCE);
    }
  }

  /**
   * Checks how many values a packet has, for codecs.
   *
   * @throws MalformedMessageException with 1008 if they are too many
   */
  public void checkValues(int values) {
    if (values > maxValues) {
      throw MalformedMessageException.overLimit("a number of values", maxValues);
    }
  }

  private static void check(String name, int value, int highest) {
    if (value < 1 || value > highest) {
      throw new InvalidOptionsError(name + " is " + value + "; allowed: 1 to " + highest);
    }
  }
}
