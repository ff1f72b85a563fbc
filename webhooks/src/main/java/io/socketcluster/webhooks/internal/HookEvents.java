// SPDX-License-Identifier: MIT
package io.socketcluster.webhooks.internal;

import io.socketcluster.core.AGChannel;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.stream.Consumption;
import io.socketcluster.webhooks.WebhookEvent;
import io.socketcluster.webhooks.WebhookOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns events of a server into those of a webhook. */
public final class HookEvents implements AutoCloseable {
  private final WebhookOptions options;
  private final HookQueue queue;
  private final SocketLedger<AGServerSocket> ledger = new SocketLedger<>(this::tell);
  private final List<Consumption> consumptions = new ArrayList<>();

  public HookEvents(WebhookOptions options, HookQueue queue) {
    this.options = options;
    this.queue = queue;
  }

  /** Begins. Once. */
  public void follow(AGServer server) {
    if (!options.events().isEmpty()) {
      followSockets(server);
    }
    for (String name : options.channels()) {
      AGChannel<JsonNode> channel = server.exchange().subscribe(name);
      consumptions.add(channel.consume(data -> publish(name, data)));
    }
  }

  /**
   * All types are followed, whichever are told: each tells something of the order of the others.
   */
  private void followSockets(AGServer server) {
    server.clients().values().forEach(socket -> ledger.know(socket, socket.subscriptions()));
    consumptions.add(
        server.listener(AGServer.CONNECTION).consume(event -> ledger.connected(event.socket())));
    consumptions.add(
        server
            .listener(AGServer.SUBSCRIPTION)
            .consume(event -> ledger.subscribed(event.socket(), event.channel())));
    consumptions.add(
        server
            .listener(AGServer.UNSUBSCRIPTION)
            .consume(event -> ledger.unsubscribed(event.socket(), event.channel())));
    consumptions.add(
        server
            .listener(AGServer.DISCONNECTION)
            .consume(event -> ledger.disconnected(event.socket(), String.valueOf(event.code()))));
  }

  private void tell(
      AGServerSocket socket, WebhookEvent event, @Nullable String channel, String code) {
    if (!options.events().contains(event)) {
      return;
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("socketId", socket.id());
    JsonNode token = socket.authToken();
    if (token != null) {
      data.put("authToken", token);
    }
    if (channel != null) {
      data.put("channel", channel);
    }
    if (event == WebhookEvent.DISCONNECTION) {
      data.put("code", Integer.parseInt(code));
    }
    add("socket " + socket.id(), event.type(), data);
  }

  private void publish(String channel, JsonNode message) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("channel", channel);
    data.put("data", message);
    add("channel " + channel, "publish", data);
  }

  private void add(String key, String type, Map<String, Object> data) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", type);
    body.put("timestamp", Instant.now().toString());
    body.put("data", data);
    queue.add(new Hook(key, "evt_" + UUID.randomUUID(), body));
  }

  @Override
  public void close() {
    consumptions.forEach(Consumption::close);
  }
}
