// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.benchmarks.Arguments;
import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.nats.NatsBroker;
import io.socketcluster.broker.redis.RedisBroker;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.HttpRequest;
import io.socketcluster.server.SocketCluster;
import java.util.Map;

/**
 * A server of a cluster. {@code POST /publish} publishes its body to {@code room}, and answers when
 * the broker has confirmed it.
 */
public final class ClusterServer {
  private ClusterServer() {}

  /**
   * Starts the server.
   *
   * @param args {@code --port}; {@code --broker}, the URL of NATS or Redis, or {@code none}; {@code
   *     --channels}, to how many channels the server is subscribed, {@code room} included
   */
  public static void main(String[] args) {
    Arguments given =
        Arguments.parse(args, Map.of("port", "8000", "broker", "none", "channels", "1"));
    HttpHandler publishing = ClusterServer::publish;
    AGServerOptions.Builder options = AGServerOptions.builder().httpHandler(publishing);
    String broker = given.text("broker");
    if (!broker.equals("none")) {
      options.brokerEngine(engine(broker));
    }
    AGServer server = SocketCluster.create(options.build());
    int channels = given.number("channels", 1, 1_000_000);
    for (int i = 1; i < channels; i++) {
      server.exchange().subscribe("other-" + i);
    }
    server.listen(Integer.parseInt(given.text("port")));
  }

  /** Makes the engine for the URL of NATS or Redis. */
  static AGBrokerEngine engine(String url) {
    return url.startsWith("nats") ? NatsBroker.at(url).build() : RedisBroker.at(url).build();
  }

  private static HttpAnswer publish(HttpRequest request) {
    AGServer server = request.server();
    server.exchange().invokePublish("room", new String(request.body(), UTF_8)).join();
    return HttpAnswer.text(200, "ok");
  }
}
