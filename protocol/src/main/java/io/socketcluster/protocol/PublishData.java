// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The data of a publish whose members are known apart. */
record PublishData(String channel, @Nullable Payload data) implements EncodedValue {
  @Override
  public JsonNode toNode() {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("channel", channel);
    return data == null ? node : node.set("data", data.node());
  }

  @Override
  public void addTo(Footprint footprint) {
    footprint.add(channel);
    footprint.add(data);
  }
}
