// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.reports;

/** Names of clients, fit for a message. */
final class ShownName {
  private static final int LONGEST = 100;

  private ShownName() {}

  static String of(String name) {
    String start = name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name;
    return start.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
  }
}
