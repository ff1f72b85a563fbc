// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.RedisURI;
import io.socketcluster.broker.testkit.BrokerProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Debian's {@code redis-server}, which keeps nothing on the disk. */
final class RedisServer {
  private RedisServer() {}

  static BrokerProcess start(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
    arguments.addAll(List.of(more));
    return BrokerProcess.start("redis-server", "--port", arguments, RedisServer::isAnswering);
  }

  /** Starts a sentinel that decides alone, a second after a master has fallen silent. */
  static BrokerProcess sentinel(Path folder, BrokerProcess master) throws IOException {
    Path config = folder.resolve("sentinel.conf");
    Files.writeString(
        config,
        """
        bind 127.0.0.1
        sentinel monitor main 127.0.0.1 %d 1
        sentinel down-after-milliseconds main 1000
        sentinel failover-timeout main 5000
        """
            .formatted(master.port()));
    List<String> arguments = List.of(config.toString(), "--sentinel");
    return BrokerProcess.start("redis-server", "--port", arguments, RedisServer::isAnswering);
  }

  /** It answers, also when it asks for a password. */
  private static boolean isAnswering(Socket connection) throws IOException {
    connection.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
    int first = connection.getInputStream().read();
    return first == '+' || first == '-';
  }

  static RedisURI uri(BrokerProcess server) {
    return RedisURI.create("redis://" + server.address());
  }

  static RedisStore at(BrokerProcess server) {
    return RedisStore.at("redis://" + server.address());
  }
}
