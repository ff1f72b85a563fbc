// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import io.socketcluster.server.AGServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The load generator and the floor, built as {@code bin/bench} builds them. */
class LoadGeneratorIT {
  private static final long TIMEOUT_SECONDS = 60;

  @TempDir private static Path built;

  private static final AGServer server = BenchServer.start("--port", "0");

  private record Run(int status, String output) {
    JsonNode figures() {
      assertThat(status).as(output).isZero();
      return JsonMapper.shared().readTree(output);
    }
  }

  @BeforeAll
  static void build() throws Exception {
    for (String program : List.of("load", "floor")) {
      String output = built.resolve(program).toString();
      assertThat(run(List.of("src/main/c/build.sh", program, output))).isEqualTo(new Run(0, ""));
    }
  }

  @AfterAll
  static void close() {
    server.close().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
  }

  private static Run run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
      return new Run(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Run load(int port, long pid, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(built.resolve("load").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--port", "" + port, "--pid", "" + pid));
    command.addAll(List.of("--warmup", "0", "--seconds", "1"));
    return run(command);
  }

  private static JsonNode loadServer(String... arguments) throws Exception {
    return load(server.port(), ProcessHandle.current().pid(), arguments).figures();
  }

  private static double value(JsonNode figures, String name) {
    assertThat(figures.path(name).isNumber()).as(name + " of " + figures).isTrue();
    return figures.path(name).asDouble();
  }

  private static void assertSane(JsonNode figures) {
    double operations = value(figures, "operations");
    assertThat(operations).isPositive();
    assertThat(value(figures, "operations_per_second") * value(figures, "seconds"))
        .isCloseTo(operations, withinPercentage(1));
    assertThat(value(figures, "p50_us")).isPositive().isLessThan(2_000_000);
    assertThat(value(figures, "p99_us")).isBetween(value(figures, "p50_us"), 2_000_000.0);
    assertThat(value(figures, "server_cpu_us_per_operation")).isPositive();
    assertThat(value(figures, "load_cpu_percent")).isBetween(0.01, 110.0);
    assertThat(value(figures, "resident_kb")).isPositive();
  }

  @Test
  void aFanoutCountsTheDeliveriesOfEveryPublish() throws Exception {
    JsonNode figures = loadServer("fanout", "--connections", "20", "--window", "1");

    assertSane(figures);
    assertThat(value(figures, "operations"))
        .isCloseTo(
            20 * value(figures, "published_per_second") * value(figures, "seconds"), within(40.0));
    assertThat(value(figures, "last_p50_us")).isGreaterThanOrEqualTo(value(figures, "p50_us"));
  }

  @Test
  void aScheduledFanoutPublishesAtItsRate() throws Exception {
    JsonNode figures = loadServer("fanout", "--connections", "10", "--rate", "50");

    assertSane(figures);
    assertThat(value(figures, "published_per_second")).isBetween(45.0, 55.0);
  }

  @Test
  void roomsEchoAndConnectAreMeasured() throws Exception {
    assertSane(loadServer("rooms", "--connections", "20", "--room", "10"));
    assertSane(loadServer("echo", "--connections", "10", "--depth", "2"));
    JsonNode connects = loadServer("connect", "--connections", "200", "--subscribe", "1");
    assertSane(connects);
    assertThat(value(connects, "operations")).isEqualTo(200);
  }

  @Test
  void minBinIsMeasuredByTheSameWorkloads() throws Exception {
    AGServer minBin = BenchServer.start("--port", "0", "--codec", "min-bin");
    try {
      assertSane(loadMinBin(minBin, "fanout", "--connections", "20"));
      assertSane(loadMinBin(minBin, "rooms", "--connections", "20", "--room", "10"));
      assertSane(loadMinBin(minBin, "echo", "--connections", "10", "--depth", "2"));
    } finally {
      minBin.close().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }
  }

  private static JsonNode loadMinBin(AGServer minBin, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--protocol", "min-bin"));
    long pid = ProcessHandle.current().pid();
    return load(minBin.port(), pid, all.toArray(String[]::new)).figures();
  }

  @Test
  void aCompressedFanoutIsCountedAndTakesFewerBytes() throws Exception {
    AGServer compressing = BenchServer.start("--port", "0", "--per-message-deflate", "yes");
    List<String> fanout =
        List.of("fanout", "--connections", "10", "--window", "1", "--size", "2000");
    List<String> deflated = new ArrayList<>(fanout);
    deflated.addAll(List.of("--deflate", "1"));
    try {
      double plain = bytesOfDelivery(compressing, fanout);
      assertThat(bytesOfDelivery(compressing, deflated)).isPositive().isLessThan(plain / 4);
    } finally {
      compressing.close().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }
    assertThat(load(1, 0, "fanout", "--deflate", "1").status()).isEqualTo(2);
  }

  private static double bytesOfDelivery(AGServer server, List<String> fanout) throws Exception {
    long pid = ProcessHandle.current().pid();
    JsonNode figures = load(server.port(), pid, fanout.toArray(String[]::new)).figures();
    return 1e6 * value(figures, "megabytes_per_second") / value(figures, "operations_per_second");
  }

  @Test
  void aSlowReaderMissesPublishesAndTheOthersNone() throws Exception {
    JsonNode figures =
        loadServer("slow-reader", "--connections", "5", "--size", "8000", "--publishes", "5000");

    assertThat(value(figures, "operations")).isEqualTo(4 * 5000);
    assertThat(value(figures, "missing")).isZero();
    assertThat(value(figures, "slow_missed")).isBetween(1.0, 5000.0);
  }

  @Test
  void aFloodIsAnsweredBesideTheCallsThatAreDue() throws Exception {
    JsonNode figures = loadServer("flood", "--connections", "5", "--rate", "200");

    assertThat(value(figures, "operations_per_second")).isBetween(150.0, 250.0);
    assertThat(value(figures, "flooder_calls_per_second")).isGreaterThan(1000);
    assertThat(value(figures, "lost")).isZero();
  }

  @Test
  void aStormIsCountedUntilTheLastIsIn() throws Exception {
    JsonNode figures = loadServer("storm", "--connections", "10", "--storm", "200");

    assertThat(value(figures, "storm_connected")).isEqualTo(200);
    assertThat(value(figures, "storm_refused")).isZero();
    assertThat(value(figures, "storm_ms")).isPositive();
    assertThat(value(figures, "not_pinged") + value(figures, "lost")).isZero();
  }

  @Test
  void anAttackIsPlayedAgainAndAgainBesideCallsAndNewcomers() throws Exception {
    Path script = Files.write(built.resolve("script"), scriptOfOneCall());
    JsonNode figures =
        loadServer(
            "attack",
            "--connections",
            "5",
            "--rate",
            "100",
            "--newcomers",
            "20",
            "--attackers",
            "2",
            "--deflate",
            "1",
            "--script",
            script.toString());

    assertThat(value(figures, "attacks")).isPositive();
    for (String who : List.of("without_", "attacked_", "without_newcomer_", "newcomer_")) {
      assertThat(value(figures, who + "worst_us"))
          .isGreaterThanOrEqualTo(value(figures, who + "p99_us"));
      assertThat(value(figures, who + "p50_us")).as(who).isPositive();
    }
    assertThat(value(figures, "unanswered") + value(figures, "lost")).isZero();
  }

  /** A block behind its length: a masked text frame. */
  private static byte[] scriptOfOneCall() {
    byte[] call = "{\"event\":\"echo\",\"cid\":424242}".getBytes(StandardCharsets.UTF_8);
    ByteBuffer script = ByteBuffer.allocate(Integer.BYTES + 2 + 4 + call.length);
    script.putInt(2 + 4 + call.length).putShort((short) (0x8180 | call.length)).putInt(0);
    return script.put(call).array();
  }

  @Test
  void silentUpgradesComeAtTheirRate() throws Exception {
    JsonNode figures =
        loadServer(
            "attack",
            "--connections",
            "5",
            "--rate",
            "100",
            "--silent",
            "20",
            "--silent-rate",
            "100");

    assertThat(value(figures, "attacks")).isBetween(50.0, 110.0);
    assertThat(value(figures, "unanswered") + value(figures, "lost")).isZero();
  }

  @Test
  void theFloorDoesAllThatTheLoadAsksFor() throws Exception {
    int port = freePort();
    Process floor = new ProcessBuilder(built.resolve("floor").toString(), "" + port).start();
    try {
      await().ignoreExceptions().until(() -> connects(port));
      for (String workload : List.of("fanout", "rooms", "echo", "connect")) {
        assertSane(load(port, floor.pid(), workload, "--connections", "200").figures());
      }
    } finally {
      floor.destroyForcibly().waitFor();
    }
  }

  @Test
  void aServerThatIsNotThereIsAnErrorAndNoFigure() throws Exception {
    Run run = load(freePort(), 0, "echo", "--connections", "1");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).contains("connect:").doesNotContain("{");
  }

  @Test
  void moreConnectionsThanTheHardLimitAllowsAreRefusedPlainly() throws Exception {
    String load = built.resolve("load") + " connect --connections 100";
    Run run = run(List.of("sh", "-c", "ulimit -n 64 && exec " + load));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).contains("100 connections need").contains("hard limit is 64");
  }

  @Test
  void anOptionThatMakesNoSenseIsRefusedWithTheUsage() throws Exception {
    Run run = load(server.port(), 0, "echo", "--depth", "0");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.output()).contains("--depth 0").contains("usage:");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean connects(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }
}
