// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.store.StoreChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Changes as messages: a JSON array of the verb and the path. */
final class ChangeCodec {
  private static final JsonMapper JSON = JsonMapper.shared();

  private ChangeCodec() {}

  static byte[] encode(StoreChange change) {
    ArrayNode message = JsonNodeFactory.instance.arrayNode().add(change.verb());
    change.path().forEach(message::add);
    return message.toString().getBytes(UTF_8);
  }

  /** Returns a change, or null if the message has another form: it came from somebody else. */
  static @Nullable StoreChange decode(byte[] message) {
    try {
      JsonNode array = JSON.readTree(message);
      List<String> texts = new ArrayList<>();
      array.values().forEach(each -> texts.add(each.stringValue()));
      return array.isArray() && !texts.isEmpty()
          ? new StoreChange(texts.getFirst(), texts.subList(1, texts.size()))
          : null;
    } catch (JacksonException e) {
      return null;
    }
  }
}
