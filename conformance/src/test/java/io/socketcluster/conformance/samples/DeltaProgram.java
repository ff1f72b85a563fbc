// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.client.AGClientSocket;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.channels.ChannelPolicy;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The programs of {@code docs/deltas.md}. */
public final class DeltaProgram {
  private DeltaProgram() {}

  /** Lets subscribers ask for the difference to the value before. */
  public static void allow(AGServer agServer) {
    agServer
        .channels()
        .policy("book/*", ChannelPolicy.builder().historySize(0).deltas(true).build());
  }

  /** Follows an order book with the Java client. */
  public static void follow(AGClientSocket socket, Consumer<JsonNode> show) {
    AGChannel<JsonNode> book =
        socket.subscribe("book/BTC", ChannelOptions.DEFAULT.withDeltas(), JsonNode.class);
    book.consume(value -> show.accept(value));
  }
}
