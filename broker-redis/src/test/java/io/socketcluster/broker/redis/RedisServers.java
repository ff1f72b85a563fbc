// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.testkit.BrokerProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Debian's {@code redis-server}, which keeps nothing on the disk. */
final class RedisServers {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private RedisServers() {}

  static BrokerProcess start(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
    all.addAll(List.of(arguments));
    return BrokerProcess.start("redis-server", "--port", all, RedisServers::isAnswering);
  }

  /** Starts a sentinel that decides alone, a second after a master has fallen silent. */
  static BrokerProcess sentinel(Path folder, BrokerProcess master) throws IOException {
    return sentinel(folder, master, "");
  }

  /** Starts a sentinel with more lines in its configuration. */
  static BrokerProcess sentinel(Path folder, BrokerProcess master, String more) throws IOException {
    Path config = folder.resolve("sentinel.conf");
    Files.writeString(
        config,
        """
        bind 127.0.0.1
        sentinel monitor main 127.0.0.1 %d 1
        sentinel down-after-milliseconds main 1000
        sentinel failover-timeout main 5000
        %s
        """
            .formatted(master.port(), more));
    List<String> arguments = List.of(config.toString(), "--sentinel");
    return BrokerProcess.start("redis-server", "--port", arguments, RedisServers::isAnswering);
  }

  /** It answers, also when it asks for a password. */
  private static boolean isAnswering(Socket connection) throws IOException {
    connection.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
    int first = connection.getInputStream().read();
    return first == '+' || first == '-';
  }

  static String url(BrokerProcess server) {
    return "redis://" + server.address();
  }

  /** Runs Debian's {@code redis-cli}; returns what it prints. */
  static String cli(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("redis-cli"));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.onExit().join().exitValue()).as(printed).isZero();
    return printed;
  }

  static String command(BrokerProcess server, String... words) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-p", Integer.toString(server.port())));
    arguments.addAll(List.of(words));
    return cli(arguments).strip();
  }

  /** Waits until a sentinel knows a replica that it can promote. */
  static void awaitReplica(BrokerProcess sentinel, BrokerProcess replica) {
    await("the sentinel knows the replica")
        .atMost(PATIENCE)
        .until(
            () -> command(sentinel, "sentinel", "replicas", "main"),
            known -> known.contains(replica.address()) && !known.contains("s_down"));
  }
}
