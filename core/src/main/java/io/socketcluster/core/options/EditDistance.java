// SPDX-License-Identifier: MIT
package io.socketcluster.core.options;

import java.util.Locale;

/**
 * The number of slips of the keyboard between two names, whatever their case: a letter inserted,
 * deleted or exchanged, or two neighbours in the wrong order.
 */
final class EditDistance {
  private final String from;
  private final String to;
  private final int[][] slips;

  private EditDistance(String from, String to) {
    this.from = from;
    this.to = to;
    this.slips = new int[from.length() + 1][to.length() + 1];
  }

  static int between(String one, String other) {
    return new EditDistance(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT)).last();
  }

  private int last() {
    for (int row = 0; row <= from.length(); row++) {
      for (int column = 0; column <= to.length(); column++) {
        slips[row][column] = row == 0 || column == 0 ? row + column : least(row, column);
      }
    }
    return slips[from.length()][to.length()];
  }

  private int least(int row, int column) {
    int exchanged = slips[row - 1][column - 1] + (isSame(row, column) ? 0 : 1);
    int oneLess = Math.min(slips[row - 1][column], slips[row][column - 1]) + 1;
    int least = Math.min(exchanged, oneLess);
    boolean swapped = row > 1 && column > 1 && isSame(row, column - 1) && isSame(row - 1, column);
    return swapped ? Math.min(least, slips[row - 2][column - 2] + 1) : least;
  }

  private boolean isSame(int row, int column) {
    return from.charAt(row - 1) == to.charAt(column - 1);
  }
}
