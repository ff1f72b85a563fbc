// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import io.socketcluster.server.AGServerOptions;
import io.socketcluster.workers.WorkersOptions;
import io.socketcluster.workers.internal.log.LogEntry.Origin;
import io.socketcluster.workers.internal.process.JavaCommand;
import io.socketcluster.workers.internal.process.JavaProcess;
import io.socketcluster.workers.internal.store.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Starts processes: their commands, their first messages, their limits. */
final class Launch {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final int KEY_BYTES = 32;
  private static final int ERROR_LINES = 40;

  private final WorkersOptions options;
  private final JavaCommand command;
  private final SpareProcess spare;
  private final SupervisorLoop loop;
  private final Report report;
  private final ObjectNode workerData;
  private final Duration endLimit;
  private final String brokerKey = secret();
  private @Nullable ObjectNode store; // null with a broker of somebody else

  /**
   * Creates the launch of all processes.
   *
   * @param port the port of all workers
   */
  Launch(
      WorkersOptions options, JavaCommand command, SupervisorLoop loop, Report report, int port) {
    this.options = options;
    this.command = command;
    this.spare = new SpareProcess(command);
    this.loop = loop;
    this.report = report;
    AGServerOptions server = options.serverOptions().build();
    this.endLimit =
        server.closeDelay().plus(server.closeTimeout()).plus(options.processTermTimeout());
    this.workerData = (ObjectNode) JsonMapper.shared().readTree(options.toJson());
    workerData.put("port", port);
    if (!workerData.has("authKey") && !workerData.has("authPrivateKey")) {
      workerData.put("authKey", secret()); // the workers check each other's tokens
    }
    if (!workerData.has("eventLoops")) {
      int processors = Runtime.getRuntime().availableProcessors();
      workerData.put("eventLoops", Math.max(1, processors / options.workers().orElse(1)));
    }
  }

  private static String secret() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Joins the workers by the broker of this supervisor. */
  void useBroker(int statePort, int brokerPort) {
    workerData.put("broker", "scc://127.0.0.1:" + statePort + "?authKey=" + brokerKey);
    store = JsonNodeFactory.instance.objectNode().put("port", brokerPort).put("authKey", brokerKey);
  }

  Child worker(int id, Child.Owner owner) throws IOException {
    ObjectNode first = JsonNodeFactory.instance.objectNode().put("type", "start").put("id", id);
    first.set("options", workerData.deepCopy());
    if (store != null) {
      first.set("store", store);
    }
    return Child.start(loop, spare.take(), first, WorkerSlot.origin(id), report::entry, owner);
  }

  Child broker(int statePort, int brokerPort, Child.Owner owner) throws IOException {
    ObjectNode first = JsonNodeFactory.instance.objectNode().put("type", "start");
    first.put("key", brokerKey).put("statePort", statePort).put("brokerPort", brokerPort);
    first.set("storeOptions", StoreSettings.toData(options.storeOptions()));
    JavaProcess process = JavaProcess.start(command.broker());
    return Child.start(loop, process, first, new Origin("broker", -1, -1), report::entry, owner);
  }

  /** Starts the process of the next worker ahead of time, if the options want it. */
  void prepare() {
    if (options.spareWorker() && options.rebootWorkerOnCrash()) {
      try {
        spare.prepare();
      } catch (IOException e) {
        report.warn("No spare worker can be started: " + e.getMessage());
      }
    }
  }

  /** Ends the process that was started ahead of time. */
  void discardSpare() {
    spare.discard();
  }

  /** Returns what the JVM of a process has left that has crashed; nothing if it has not. */
  String crash(Child child) {
    Path file = command.errorFile(Long.toString(child.pid()));
    if (!Files.exists(file)) {
      return "";
    }
    StringBuilder words = new StringBuilder("\nThe JVM has crashed; " + file + " begins with:");
    try (Stream<String> lines = Files.lines(file)) {
      lines.limit(ERROR_LINES).forEach(line -> words.append('\n').append(line));
    } catch (IOException | UncheckedIOException e) {
      words.append("\n(it cannot be read)");
    }
    return words.toString();
  }

  /** Returns the last lines that a process has printed, which the log has already. */
  static String lastWords(Child child) {
    List<String> lines = child.lastLines();
    return lines.isEmpty() ? "" : "\nIts last lines:\n" + String.join("\n", lines);
  }

  Duration endLimit() {
    return endLimit;
  }

  /** Returns a new limit of a worker's resident memory. */
  MemoryLimit memoryLimit() {
    long bytes = options.killWorkerMemoryThreshold().orElse(0);
    return new MemoryLimit(bytes, RandomGenerator.getDefault(), System::nanoTime);
  }

  Duration silenceLimit() {
    return options.workerStatusTimeout();
  }

  /** Returns the time until the first sign of life: a JVM starts slowly on a busy machine. */
  Duration startLimit() {
    Duration usual = options.workerStatusTimeout();
    return usual.compareTo(START_LIMIT) > 0 ? usual : START_LIMIT;
  }

  boolean isRebooting() {
    return options.rebootWorkerOnCrash();
  }
}
