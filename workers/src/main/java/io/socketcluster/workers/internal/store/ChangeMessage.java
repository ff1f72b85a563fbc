// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import io.socketcluster.store.StoreChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Changes as JSON: an array of the verb and the keys of the path. */
final class ChangeMessage {
  private ChangeMessage() {}

  static ArrayNode of(StoreChange change) {
    ArrayNode message = JsonNodeFactory.instance.arrayNode().add(change.verb());
    change.path().forEach(message::add);
    return message;
  }

  /** Returns a change, or null if the message has another form. */
  static @Nullable StoreChange parse(JsonNode message) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : message) {
      if (!text.isString()) {
        return null;
      }
      texts.add(text.stringValue());
    }
    return texts.isEmpty()
        ? null
        : new StoreChange(texts.getFirst(), texts.subList(1, texts.size()));
  }
}
