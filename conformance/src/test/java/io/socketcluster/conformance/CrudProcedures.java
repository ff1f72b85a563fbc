// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.core.AGRequest;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of {@code ag-crud-rethink} as {@code ag-collection} needs: products in memory, one view
 * of them by category, and the channels that say what has changed.
 */
final class CrudProcedures {
  private static final String VIEW = "categoryView";

  private final AGServer server;
  private final Map<String, ObjectNode> products = new LinkedHashMap<>(); // guarded by this
  private final AtomicInteger lastId = new AtomicInteger();

  CrudProcedures(AGServer server) {
    this.server = server;
  }

  void serve(AGServerSocket socket) {
    socket.procedure("crud").consume(this::answer);
  }

  private synchronized void answer(AGRequest<JsonNode> request) {
    JsonNode query = request.data();
    switch (query.path("action").asString()) {
      case "create" -> request.end(create((ObjectNode) query.path("value")));
      case "read" -> read(request, query);
      case "update" -> {
        update(query);
        request.end();
      }
      case "delete" -> {
        delete(query.path("id").asString());
        request.end();
      }
      default -> request.error(new AGException("CRUDError", "No such action"));
    }
  }

  private String create(ObjectNode product) {
    String id = "p" + lastId.incrementAndGet();
    products.put(id, product);
    publishView(product, Map.of("type", "create", "id", id));
    return id;
  }

  private void read(AGRequest<JsonNode> request, JsonNode query) {
    if (query.has("field")) {
      ObjectNode product = products.get(query.path("id").asString());
      request.end(product == null ? null : product.get(query.path("field").asString()));
    } else if (query.path("view").asString().equals(VIEW)) {
      request.end(page(query));
    } else {
      request.error(new AGException("UnknownViewError", "No such view"));
    }
  }

  private Map<String, Object> page(JsonNode query) {
    String category = query.path("viewParams").path("category").asString();
    List<String> ids =
        products.entrySet().stream()
            .filter(product -> categoryOf(product.getValue()).equals(category))
            .map(Map.Entry::getKey)
            .collect(Collectors.toList());
    int begin = Math.min(query.path("offset").asInt(), ids.size());
    int end = Math.min(begin + query.path("pageSize").asInt(), ids.size());
    return Map.of(
        "data", ids.subList(begin, end), "isLastPage", end == ids.size(), "count", ids.size());
  }

  private void update(JsonNode query) {
    String id = query.path("id").asString();
    String field = query.path("field").asString();
    existing(products.get(id)).set(field, query.get("value"));
    publish(id, field, Map.of("type", "update", "value", query.get("value")));
  }

  private void delete(String id) {
    ObjectNode product = existing(products.remove(id));
    product.propertyNames().forEach(field -> publish(id, field, Map.of("type", "delete")));
    publishView(product, Map.of("type", "delete", "value", Map.of("id", id)));
  }

  private void publish(String id, String field, Object change) {
    server.exchange().transmitPublish("crud>Product/" + id + "/" + field, change);
  }

  private void publishView(ObjectNode product, Object change) {
    String channel = "crud>" + VIEW + "({\"category\":\"" + categoryOf(product) + "\"}):Product";
    server.exchange().transmitPublish(channel, change);
  }

  private static ObjectNode existing(@Nullable ObjectNode product) {
    return Objects.requireNonNull(product, "no such product");
  }

  private static String categoryOf(ObjectNode product) {
    return product.path("category").asString();
  }
}
