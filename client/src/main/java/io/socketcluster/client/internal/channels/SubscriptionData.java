// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.channels;

import io.socketcluster.core.ChannelOptions;
import io.socketcluster.core.deltas.DeltaForm;
import io.socketcluster.protocol.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The data of a subscription: that of the application, and what the options ask of the server. */
final class SubscriptionData {
  private SubscriptionData() {}

  static @Nullable Payload of(ClientChannel channel) {
    ChannelOptions options = channel.options();
    Payload data = channel.data();
    if (!options.recovers() && !options.deltas()) {
      return data;
    }
    Map<String, Object> asked = new LinkedHashMap<>();
    if (data != null && data.node() instanceof ObjectNode object) {
      object.properties().forEach(each -> asked.put(each.getKey(), each.getValue()));
    }
    if (options.deltas()) {
      asked.put(DeltaForm.ASKED, DeltaForm.FORMAT);
    }
    if (options.recovers()) {
      recover(asked, options, channel.position());
    }
    return Payload.of(asked);
  }

  private static void recover(
      Map<String, Object> asked, ChannelOptions options, @Nullable Position reached) {
    asked.put("recover", true);
    asked.put("last", options.lastMessages());
    if (reached != null) {
      reached.addTo(asked);
    }
  }
}
