// SPDX-License-Identifier: MIT
package io.socketcluster.house;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds circles in a directed graph: sets of nodes each of which reaches all others. */
final class Circles {
  private Circles() {}

  /** Returns the number of nodes of the largest circle; 1 when there is none. */
  static int largest(Map<String, Set<String>> edges) {
    Map<String, Set<String>> reached = new HashMap<>();
    edges.keySet().forEach(node -> reached.put(node, reachedFrom(node, edges)));
    return edges.keySet().stream().mapToInt(node -> circleOf(node, reached)).max().orElse(1);
  }

  private static int circleOf(String node, Map<String, Set<String>> reached) {
    long others =
        reached.getOrDefault(node, Set.of()).stream()
            .filter(other -> !other.equals(node))
            .filter(other -> reached.getOrDefault(other, Set.of()).contains(node))
            .count();
    return Math.toIntExact(others + 1);
  }

  private static Set<String> reachedFrom(String start, Map<String, Set<String>> edges) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(edges.getOrDefault(start, Set.of()));
    while (!open.isEmpty()) {
      String next = open.pop();
      if (reached.add(next)) {
        open.addAll(edges.getOrDefault(next, Set.of()));
      }
    }
    return reached;
  }
}
