// SPDX-License-Identifier: MIT
package io.socketcluster.house;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * A limit for figures of the code. Names that exceed it today are frozen at their figure of today.
 * A frozen figure may only be lowered.
 */
public record Ratchet(int limit, Map<String, Integer> frozen) {
  /** Creates a limit without exceptions. */
  public static Ratchet atMost(int limit) {
    return new Ratchet(limit, Map.of());
  }

  /** Returns this limit with frozen exceptions. */
  public Ratchet frozenAt(Map<String, Integer> figures) {
    return new Ratchet(limit, figures);
  }

  /** Fails with all names whose figure exceeds the limit, or their frozen figure. */
  public void check(Map<String, Integer> figures) {
    String exceeded =
        figures.entrySet().stream()
            .filter(each -> each.getValue() > allowed(each.getKey()))
            .map(each -> each + ", allowed: " + allowed(each.getKey()))
            .collect(Collectors.joining("\n"));
    if (!exceeded.isEmpty()) {
      throw new AssertionError("Over the limit:\n" + exceeded);
    }
  }

  private int allowed(String name) {
    return frozen.getOrDefault(name, limit);
  }
}
