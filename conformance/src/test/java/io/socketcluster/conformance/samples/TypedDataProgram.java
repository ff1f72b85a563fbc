// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import com.fasterxml.jackson.annotation.JsonValue;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

final class TypedDataProgram {
  private TypedDataProgram() {}

  record Price(int cents) {}

  abstract static class PriceMixIn {
    @JsonValue
    abstract int cents();
  }

  static AGServerOptions options() {
    JsonMapper mapper =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addMixIn(Price.class, PriceMixIn.class)
            .build();
    AGServerOptions options = AGServerOptions.builder().jsonMapper(mapper).build();
    return options;
  }

  record Order(String item, int count) {}

  static void serve(AGServerSocket socket) {
    socket
        .procedure("buy", new TypeReference<List<Order>>() {})
        .consume(request -> request.end(Map.of("orders", request.data().size())));
  }

  static Map<String, Integer> buy(AGClientSocket client) throws InterruptedException {
    List<Order> orders = List.of(new Order("tea", 2), new Order("rice", 1));
    return client.call("buy", orders, new TypeReference<Map<String, Integer>>() {});
  }
}
