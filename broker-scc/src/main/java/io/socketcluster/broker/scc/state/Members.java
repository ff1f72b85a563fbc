// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.state;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The instances that have joined the cluster. Thread-safe. */
final class Members {
  private final Clock clock;

  @GuardedBy("this")
  private final Map<InstanceKind, Map<String, Instance>> byKind = new EnumMap<>(InstanceKind.class);

  @GuardedBy("this")
  private long lastTime;

  Members(Clock clock) {
    this.clock = clock;
  }

  /** Adds an instance, or replaces what it was; returns whether there was room. */
  synchronized boolean add(InstanceKind kind, Instance instance) {
    Map<String, Instance> members = of(kind);
    String id = instance.socket().id();
    if (members.size() >= kind.most() && !members.containsKey(id)) {
      return false;
    }
    members.put(id, instance);
    return true;
  }

  /** Removes an instance by the id of its socket; returns whether it was a member. */
  synchronized boolean remove(InstanceKind kind, String id) {
    return of(kind).remove(id) != null;
  }

  synchronized boolean has(InstanceKind kind, String id) {
    return of(kind).containsKey(id);
  }

  synchronized List<Instance> all(InstanceKind kind) {
    return List.copyOf(of(kind).values());
  }

  @GuardedBy("this")
  private Map<String, Instance> of(InstanceKind kind) {
    return byKind.computeIfAbsent(kind, each -> new LinkedHashMap<>());
  }

  /**
   * Returns the URIs of all instances of some kinds, each once, in the same order for everybody,
   * and the time, which is later than that of any list before.
   */
  synchronized Map<String, Object> lists(Collection<InstanceKind> kinds) {
    Map<String, Object> lists = new LinkedHashMap<>();
    for (InstanceKind kind : kinds) {
      lists.put(
          kind.listName(),
          of(kind).values().stream().map(Instance::uri).distinct().sorted().toList());
    }
    lastTime = Math.max(clock.millis(), lastTime + 1);
    lists.put("time", lastTime);
    return lists;
  }
}
