// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.codec.minbin.MinBinCodec;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.channels.ChannelPolicy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * Stock clients, clients with the helper and Java clients in one channel show the values that were
 * published, whether the server sends them whole or as differences.
 */
class DeltaIT {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(DeltaIT::start);

  private static AGServer start(int port) {
    AGEndpoint minBin = AGEndpoint.of("/min-bin/").withCodecEngine(new MinBinCodec());
    AGServer server = TestServers.demo(port, AGServerOptions.builder().endpoint(minBin));
    server
        .channels()
        .policy("book/*", ChannelPolicy.builder().historySize(5_000).deltas(true).build());
    return server;
  }

  private static List<JsonNode> follow(AGClientSocket socket, ChannelOptions options) {
    List<JsonNode> values = new CopyOnWriteArrayList<>();
    socket.subscribe("book/1", options, JsonNode.class).consume(values::add);
    await().until(() -> socket.isSubscribed("book/1"));
    return values;
  }

  private static AGClientSocket client() {
    return SocketClusterClient.create(AGClientOptions.builder().port(SERVER.port()).build());
  }

  @Test
  void clientsOfAllKindsShowTheValuesThatWerePublished() {
    AGClientSocket plain = client();
    AGClientSocket asking = client();
    AGClientSocket recovering = client();
    try {
      List<JsonNode> whole = follow(plain, ChannelOptions.DEFAULT);
      List<JsonNode> restored = follow(asking, ChannelOptions.DEFAULT.withDeltas());
      List<JsonNode> recovered =
          follow(recovering, ChannelOptions.DEFAULT.withDeltas().withRecovery());

      Scenario.named("deltas").with("clients", 2).with("values", 120).run(SERVER.port());

      await().until(() -> whole.size() == 130 && restored.size() == 130 && recovered.size() == 130);
      assertThat(restored).isEqualTo(whole);
      assertThat(recovered).isEqualTo(whole);
    } finally {
      List.of(plain, asking, recovering).forEach(AGClientSocket::disconnect);
    }
  }
}
