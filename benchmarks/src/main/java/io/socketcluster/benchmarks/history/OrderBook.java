// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.history;

import io.socketcluster.protocol.Payload;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An order book of about 2 KB, of which two fields change from one state to the next. */
final class OrderBook {
  private static final int LEVELS = 50;

  private final ObjectNode book = JsonNodeFactory.instance.objectNode();
  private int states;

  OrderBook() {
    book.put("symbol", "BTC-EUR").put("sequence", 0);
    fill(book.putArray("bids"), 60_000, -1);
    fill(book.putArray("asks"), 60_001, 1);
  }

  private static void fill(ArrayNode side, int price, int step) {
    for (int i = 0; i < LEVELS; i++) {
      side.addArray().add((price + i * step) + ".5").add("1." + i);
    }
  }

  /** Returns the next state. */
  synchronized Payload next() {
    states++;
    ArrayNode level = (ArrayNode) book.path("bids").get(states % LEVELS);
    level.set(1, JsonNodeFactory.instance.stringNode(states % 100 + "." + states % 97));
    book.put("sequence", states);
    return Payload.of(book);
  }
}
