// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.socketcluster.broker.testkit.BrokerProcess;
import java.io.IOException;
import java.net.Socket;
import java.util.List;

/** Debian's {@code redis-server}, which keeps nothing on the disk. */
final class RedisServer {
  private RedisServer() {}

  static BrokerProcess start() {
    List<String> arguments = List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no");
    return BrokerProcess.start("redis-server", "--port", arguments, RedisServer::isAnswering);
  }

  private static boolean isAnswering(Socket connection) throws IOException {
    connection.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
    return connection.getInputStream().read() == '+';
  }

  static RedisStore at(BrokerProcess server) {
    return RedisStore.at("redis://" + server.address());
  }
}
