// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal;

import io.socketcluster.core.options.Option;
import io.socketcluster.core.options.OptionValues;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServerOptions;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The options of the workers' servers as data. Immutable. */
public final class ServerData {
  private final ObjectNode data;

  private ServerData(ObjectNode data) {
    this.data = data;
  }

  /**
   * Returns the options of the servers among all values.
   *
   * @throws InvalidOptionsError if one of them is refused
   */
  public static ServerData of(OptionValues values) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    for (Option<JsonNode> option : DeclaredSettings.SERVER) {
      JsonNode value = values.find(option);
      if (value != null) {
        data.set(option.name(), value);
      }
    }
    ServerData server = new ServerData(data);
    server.builder().build();
    return server;
  }

  /** Returns a builder with these options. */
  public AGServerOptions.Builder builder() {
    return AGServerOptions.builder().fromJson(data.toString());
  }

  /** Returns all options that were given as a JSON object: data that makes the same options. */
  public String allAsJson(OptionValues values) {
    ObjectNode all = data.deepCopy();
    for (Option<?> option : DeclaredSettings.ALL.options()) {
      if (values.isGiven(option) && !all.has(option.name())) {
        Object value = values.find(option);
        all.putPOJO(option.name(), value instanceof Duration time ? time.toMillis() : value);
      }
    }
    return all.toString();
  }
}
