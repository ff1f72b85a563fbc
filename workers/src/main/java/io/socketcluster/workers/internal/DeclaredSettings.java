// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal;

import io.socketcluster.core.options.Option;
import io.socketcluster.core.options.OptionFormat;
import io.socketcluster.core.options.OptionSet;
import io.socketcluster.core.options.StandardFormats;
import io.socketcluster.server.AGServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The declarations of all settings: those of the workers, and the options of their servers. */
public final class DeclaredSettings {
  private static final int PORT_MAX = 65_535;
  private static final int WORKERS_MAX = 256;
  private static final long MIB = 1024 * 1024;
  private static final Duration LONGEST = Duration.ofDays(24);

  public static final OptionSet ALL =
      new OptionSet(
          Map.of(
              "balancers", "the kernel shares out the connections among the workers",
              "stores", "the workers are joined by one broker",
              "httpServer", "each worker has its own HTTP server",
              "cloneData", "data is encoded when the method is called"));

  public static final Option<Integer> PORT =
      add(
          Option.integer("port", 8000)
              .allowing(port -> port >= 0 && port <= PORT_MAX, "0 to " + PORT_MAX));
  public static final Option<Integer> WORKERS =
      add(
          Option.integer("workers")
              .allowing(count -> count >= 1 && count <= WORKERS_MAX, "1 to " + WORKERS_MAX));
  public static final Option<String> WORKER_CONTROLLER = add(Option.text("workerController"));
  public static final Option<String> BROKER =
      add(
          Option.text("broker")
              .secret()
              .allowing(url -> Brokers.URL.matcher(url).matches(), Brokers.ALLOWED));
  public static final Option<JsonNode> STORE_OPTIONS =
      add(Option.of("storeOptions", (JsonNode) null, new OptionFormat<>("data", data -> data)));
  public static final Option<String> PROTOCOL =
      add(
          Option.text("protocol", "http")
              .allowing(name -> name.equals("http") || name.equals("https"), "http or https"));
  public static final Option<JsonNode> PROTOCOL_OPTIONS =
      add(
          Option.of("protocolOptions", (JsonNode) null, new OptionFormat<>("data", data -> data))
              .secret());
  public static final Option<LogLevel> LOG_LEVEL =
      add(
          Option.of("logLevel", LogLevel.INFO, LogLevel.FORM)
              .allowing(level -> true, LogLevel.FORM.allowed()));
  public static final Option<Boolean> REBOOT_WORKER_ON_CRASH =
      add(Option.bool("rebootWorkerOnCrash", true));
  public static final Option<Boolean> SPARE_WORKER = add(Option.bool("spareWorker", true));
  public static final Option<Long> KILL_WORKER_MEMORY_THRESHOLD =
      add(
          Option.of("killWorkerMemoryThreshold", (Long) null, StandardFormats.LONG)
              .allowing(bytes -> bytes >= 32 * MIB, "33554432 or more"));
  public static final Option<Duration> WORKER_STATUS_INTERVAL =
      add(time("workerStatusInterval", Duration.ofSeconds(1)));
  public static final Option<Duration> WORKER_STATUS_TIMEOUT =
      add(time("workerStatusTimeout", Duration.ofSeconds(30)));
  public static final Option<Duration> PROCESS_TERM_TIMEOUT =
      add(time("processTermTimeout", Duration.ofSeconds(10)));
  public static final Option<List<String>> JVM_OPTIONS = add(Option.texts("jvmOptions", List.of()));
  public static final Option<String> DIRECTORY = add(Option.text("directory", ".socketcluster"));
  public static final Option<Long> LOG_FILE_SIZE =
      add(
          Option.longInteger("logFileSize", 10 * MIB)
              .allowing(bytes -> bytes >= 64 * 1024, "65536 or more"));
  public static final Option<Integer> LOG_FILES =
      add(
          Option.integer("logFiles", 5)
              .allowing(files -> files >= 2 && files <= 1000, "2 to 1000"));

  /** The options of the servers as data, which the servers check. */
  public static final List<Option<JsonNode>> SERVER = serverOptions();

  private DeclaredSettings() {}

  private static <T> Option<T> add(Option<T> option) {
    return ALL.add(option);
  }

  private static Option<Duration> time(String name, Duration initial) {
    return Option.duration(name, initial)
        .allowing(time -> time.toMillis() >= 1 && time.compareTo(LONGEST) <= 0, "1 ms to 24 days");
  }

  private static List<Option<JsonNode>> serverOptions() {
    List<Option<JsonNode>> options = new ArrayList<>();
    OptionFormat<JsonNode> asItIs = new OptionFormat<>("data", data -> data);
    for (String name : AGServerOptions.names()) {
      options.add(add(Option.of(name, (JsonNode) null, asItIs).secret()));
    }
    return List.copyOf(options);
  }
}
