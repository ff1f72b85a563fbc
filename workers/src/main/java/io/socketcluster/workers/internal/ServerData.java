// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal;

import io.socketcluster.core.options.Option;
import io.socketcluster.core.options.OptionValues;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServerOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The options of the workers' servers as data. Immutable. */
public final class ServerData {
  private final ObjectNode data;
  private final @Nullable ProtocolOptions https;

  private ServerData(ObjectNode data, @Nullable ProtocolOptions https) {
    this.data = data;
    this.https = https;
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
    ProtocolOptions https =
        ProtocolOptions.of(
            values.get(DeclaredSettings.PROTOCOL), values.find(DeclaredSettings.PROTOCOL_OPTIONS));
    if (https != null && data.has("tls")) {
      throw new InvalidOptionsError("tls is set; allowed: without the protocol https");
    }
    ServerData server = new ServerData(data, https);
    server.builder().build();
    return server;
  }

  /** Returns a builder with these options. */
  public AGServerOptions.Builder builder() {
    ObjectNode all = data;
    if (https != null) {
      all = data.deepCopy();
      all.set("tls", https.toTls());
    }
    return AGServerOptions.builder().fromJson(all.toString());
  }

  /** Returns all options that were given as a JSON object: data that makes the same options. */
  public String allAsJson(OptionValues values) {
    ObjectNode all = data.deepCopy();
    for (Option<?> option : DeclaredSettings.ALL.options()) {
      if (values.isGiven(option) && !all.has(option.name())) {
        Object value = values.find(option);
        put(all, option.name(), value);
      }
    }
    return all.toString();
  }

  private static void put(ObjectNode all, String name, @Nullable Object value) {
    if (value instanceof JsonNode node) {
      all.set(name, node);
    } else {
      all.putPOJO(name, value instanceof Duration time ? time.toMillis() : value);
    }
  }
}
