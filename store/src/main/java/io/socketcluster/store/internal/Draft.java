// SPDX-License-Identifier: MIT
package io.socketcluster.store.internal;

import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.store.StoreTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The value of a first key while a verb or a function works on it: what each verb means. */
final class Draft implements StoreTree {
  private final JsonNode before;
  private final List<String> base;
  private final Limits limits;
  private JsonNode root;
  private @Nullable Duration expiry;

  /**
   * Begins a draft.
   *
   * @param path the first key, and the path below it at which this tree begins
   */
  Draft(JsonNode value, List<String> path, Limits limits) {
    this.before = value;
    this.root = value;
    this.base = path;
    this.limits = limits;
  }

  @SuppressWarnings("ReferenceEquality") // every change makes another tree
  boolean isChanged() {
    return root != before || (expiry != null && !root.isMissingNode());
  }

  JsonNode root() {
    return root;
  }

  @Nullable Duration expiry() {
    return expiry;
  }

  private JsonNode at(List<String> path) {
    return Nodes.at(root, below(path));
  }

  private void put(List<String> path, JsonNode value) {
    root = Nodes.with(root, below(path), value);
  }

  /** The path below the first key. */
  private List<String> below(List<String> path) {
    List<String> whole = new ArrayList<>(base);
    whole.addAll(path);
    limits.checkPath(whole);
    return whole.subList(1, whole.size());
  }

  @Override
  public JsonNode get(List<String> path) {
    return at(path).deepCopy();
  }

  @Override
  public void set(List<String> path, @Nullable Object value) {
    put(path, Copied.of(value).node());
  }

  @Override
  public int add(List<String> path, @Nullable Object value) {
    return append(path, at(path), Copied.of(value).node());
  }

  private int append(List<String> path, JsonNode target, JsonNode value) {
    if (target instanceof ObjectNode object) {
      int index = Nodes.nextIndex(object);
      put(path, Nodes.asObject(object).set(Integer.toString(index), value));
      return index;
    }
    ArrayNode array = elements(target).add(value);
    put(path, array);
    return array.size() - 1;
  }

  /** The elements that a value has, or will have when something is appended to it. */
  private static ArrayNode elements(JsonNode target) {
    ArrayNode array = Nodes.asArray(target);
    return target.isArray() || isNothing(target) ? array : array.add(target);
  }

  private static boolean isNothing(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  @Override
  public void concat(List<String> path, @Nullable Object values) {
    JsonNode target = at(path);
    JsonNode more = Copied.of(values).node();
    if (more instanceof ObjectNode object && (target.isContainer() || isNothing(target))) {
      put(path, Nodes.asObject(target).setAll(object));
    } else if (more instanceof ArrayNode && target instanceof ObjectNode object) {
      put(path, withElements(object, more));
    } else if (more instanceof ArrayNode array) {
      put(path, elements(target).addAll(array));
    } else {
      append(path, target, more);
    }
  }

  private static ObjectNode withElements(ObjectNode object, JsonNode elements) {
    ObjectNode changed = Nodes.asObject(object);
    int next = Nodes.nextIndex(object);
    for (JsonNode each : elements) {
      changed.set(Integer.toString(next++), each);
    }
    return changed;
  }

  @Override
  public JsonNode remove(List<String> path) {
    JsonNode removed = at(path);
    root = Nodes.without(root, below(path));
    return removed.deepCopy();
  }

  @Override
  public int count(List<String> path) {
    JsonNode value = at(path);
    return value.isContainer() ? value.size() : isNothing(value) ? 0 : 1;
  }

  @Override
  public JsonNode getRange(List<String> path, int from, int to) {
    if (from < 0) {
      throw new InvalidArgumentsError("from is " + from + "; allowed: 0 or more");
    }
    JsonNode array = array(path);
    ArrayNode range = JsonNodeFactory.instance.arrayNode();
    for (int i = from; i < Math.min(to, array.size()); i++) {
      range.add(array.path(i).deepCopy());
    }
    return range;
  }

  /** The array at a path, or a value that has no elements if there is none. */
  private JsonNode array(List<String> path) {
    JsonNode value = at(path);
    if (!value.isArray() && !isNothing(value)) {
      String form = value.getNodeType().name().toLowerCase(Locale.ROOT);
      throw new InvalidActionError(
          "The value at the path is of the type " + form + ", not an array");
    }
    return value;
  }

  @Override
  public JsonNode splice(List<String> path, int index, int count, List<?> items) {
    if (count < 0) {
      throw new InvalidArgumentsError("count is " + count + "; allowed: 0 or more");
    }
    JsonNode array = array(path);
    int size = array.size();
    int from = index < 0 ? Math.max(0, size + index) : Math.min(index, size);
    int behind = from + Math.min(count, size - from);
    ArrayNode removed = JsonNodeFactory.instance.arrayNode();
    ArrayNode changed = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < from; i++) {
      changed.add(array.path(i));
    }
    items.forEach(item -> changed.add(Copied.of(item).node()));
    for (int i = from; i < size; i++) {
      (i < behind ? removed : changed).add(array.path(i));
    }
    if (!items.isEmpty() || !removed.isEmpty()) {
      put(path, changed);
    }
    return removed.deepCopy();
  }

  @Override
  public JsonNode pop(List<String> path) {
    JsonNode removed = splice(path, -1, 1, List.of());
    return removed.isEmpty() ? MissingNode.getInstance() : removed.path(0);
  }

  @Override
  public boolean hasKey(List<String> path) {
    return !at(path).isMissingNode();
  }

  @Override
  public void expire(Duration after) {
    Limits.checkExpiry(after);
    expiry = after;
  }
}
