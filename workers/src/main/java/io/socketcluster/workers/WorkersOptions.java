// SPDX-License-Identifier: MIT
package io.socketcluster.workers;

import io.socketcluster.core.options.Option;
import io.socketcluster.core.options.OptionData;
import io.socketcluster.core.options.OptionValues;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.store.StoreOptions;
import io.socketcluster.workers.internal.Brokers;
import io.socketcluster.workers.internal.DeclaredSettings;
import io.socketcluster.workers.internal.SccVariables;
import io.socketcluster.workers.internal.ServerData;
import io.socketcluster.workers.internal.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The options of an application as workers: those of the workers themselves, and those of their
 * servers as data ({@link AGServerOptions}). Immutable.
 */
public final class WorkersOptions {
  private final OptionValues values;
  private final ServerData server;
  private final StoreOptions storeOptions;

  private WorkersOptions(OptionValues values, ServerData server, StoreOptions storeOptions) {
    this.values = values;
    this.server = server;
    this.storeOptions = storeOptions;
  }

  /** Returns the names of all options, those of the servers included. */
  public static List<String> names() {
    return DeclaredSettings.ALL.options().stream().<String>map(option -> option.name()).toList();
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder(new OptionValues(DeclaredSettings.ALL));
  }

  /** Returns a builder with the values of these options. */
  public Builder toBuilder() {
    return new Builder(values.copy());
  }

  /** Returns the port of all workers; 0 for any free port. */
  public int port() {
    return values.get(DeclaredSettings.PORT);
  }

  /** Returns the number of worker processes; empty for one process without a supervisor. */
  public OptionalInt workers() {
    Integer workers = values.find(DeclaredSettings.WORKERS);
    return workers == null ? OptionalInt.empty() : OptionalInt.of(workers);
  }

  /** Returns the class name of the {@link WorkerController}, or null. */
  public @Nullable String workerController() {
    return values.find(DeclaredSettings.WORKER_CONTROLLER);
  }

  /** Returns the URL of the broker, or null for none but the supervisor's own. Never log it. */
  public @Nullable String broker() {
    return values.find(DeclaredSettings.BROKER);
  }

  /** Returns the limits of the store that the workers share. */
  public StoreOptions storeOptions() {
    return storeOptions;
  }

  /** Returns the lowest level of logged lines, in lower case: {@code off} or a level of SLF4J. */
  public String logLevel() {
    return values.get(DeclaredSettings.LOG_LEVEL).name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether a worker that has ended is replaced. */
  public boolean rebootWorkerOnCrash() {
    return values.get(DeclaredSettings.REBOOT_WORKER_ON_CRASH);
  }

  /** Returns whether one more process waits to take the place of a worker that has ended. */
  public boolean spareWorker() {
    return values.get(DeclaredSettings.SPARE_WORKER);
  }

  /** Returns the resident memory in bytes above which a worker is replaced; empty for no limit. */
  public OptionalLong killWorkerMemoryThreshold() {
    Long bytes = values.find(DeclaredSettings.KILL_WORKER_MEMORY_THRESHOLD);
    return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  /** Returns the interval between the reports of a worker about itself. */
  public Duration workerStatusInterval() {
    return values.get(DeclaredSettings.WORKER_STATUS_INTERVAL);
  }

  /** Returns the silence after which a worker counts as hung, and is replaced. */
  public Duration workerStatusTimeout() {
    return values.get(DeclaredSettings.WORKER_STATUS_TIMEOUT);
  }

  /** Returns the time that a worker has to end beyond the time that its sockets have. */
  public Duration processTermTimeout() {
    return values.get(DeclaredSettings.PROCESS_TERM_TIMEOUT);
  }

  /** Returns the options of the workers' JVMs, such as {@code -Xmx512m}. */
  public List<String> jvmOptions() {
    return values.get(DeclaredSettings.JVM_OPTIONS);
  }

  /** Returns the directory of the supervisor: its control socket and its log. */
  public Path directory() {
    return Path.of(values.get(DeclaredSettings.DIRECTORY));
  }

  /** Returns the largest size in bytes of a log file. */
  public long logFileSize() {
    return values.get(DeclaredSettings.LOG_FILE_SIZE);
  }

  /** Returns the number of log files that are kept, the current file included. */
  public int logFiles() {
    return values.get(DeclaredSettings.LOG_FILES);
  }

  /** Returns a builder with the options of the servers. */
  public AGServerOptions.Builder serverOptions() {
    return server.builder();
  }

  /**
   * Returns the options that were given as a JSON object: data that makes the same options. It has
   * the secrets, too. Never log it.
   */
  public String toJson() {
    return server.allAsJson(values);
  }

  /** Sets the options one by one; {@link #build} checks them. Not thread-safe. */
  public static final class Builder {
    private static final String ENVIRONMENT_PREFIX = "SOCKETCLUSTER_";
    private static final String CLIENT_PREFIX = "SOCKETCLUSTER_CLIENT_";

    private final OptionValues values;

    private Builder(OptionValues values) {
      this.values = values;
    }

    private <T> Builder set(Option<T> option, @Nullable T value) {
      values.set(option, value);
      return this;
    }

    private <T> Builder setOrReset(Option<T> option, @Nullable T value) {
      values.setOrReset(option, value);
      return this;
    }

    private Builder read(Consumer<OptionData> source) {
      source.accept(new OptionData(DeclaredSettings.ALL, values));
      return this;
    }

    /** Sets the port of all workers; 0 for any free port. Default: 8000. */
    public Builder port(int port) {
      return set(DeclaredSettings.PORT, port);
    }

    /** Sets the number of worker processes, 1 to 256. Default: one process, unsupervised. */
    public Builder workers(int workers) {
      return set(DeclaredSettings.WORKERS, workers);
    }

    /** Sets the application. Default, and null: a server with the default behaviour. */
    public Builder workerController(@Nullable Class<? extends WorkerController> controller) {
      return setOrReset(
          DeclaredSettings.WORKER_CONTROLLER, controller == null ? null : controller.getName());
    }

    /**
     * Sets the broker that joins the workers, and the workers of other machines. Default, and null:
     * supervised workers are joined by a broker of their own.
     *
     * @param url {@code nats://host:4222}, {@code redis://host:6379}, {@code
     *     scc://host:7777?authKey=KEY}, or another form that these engines know
     */
    public Builder broker(@Nullable String url) {
      return setOrReset(DeclaredSettings.BROKER, url);
    }

    /**
     * Sets the limits of {@link SocketClusterWorker#store}. The {@code valueLimit} is 33,554,432
     * bytes at most. Default: {@link StoreOptions#DEFAULT}.
     */
    public Builder storeOptions(StoreOptions limits) {
      return set(
          DeclaredSettings.STORE_OPTIONS, limits == null ? null : StoreSettings.toData(limits));
    }

    /** Sets whether a worker that has ended is replaced. Default: true. */
    public Builder rebootWorkerOnCrash(boolean reboot) {
      return set(DeclaredSettings.REBOOT_WORKER_ON_CRASH, reboot);
    }

    /**
     * Sets whether one more process waits to take the place of a worker that has ended. The process
     * has loaded the library, but runs no part of the application; it needs the memory of an idle
     * JVM. Without it a replacement takes longer to start. Default: true.
     */
    public Builder spareWorker(boolean spare) {
      return set(DeclaredSettings.SPARE_WORKER, spare);
    }

    /**
     * Sets the resident memory above which a worker is replaced.
     *
     * @param bytes 33,554,432 or more. Default: no limit
     */
    public Builder killWorkerMemoryThreshold(long bytes) {
      return set(DeclaredSettings.KILL_WORKER_MEMORY_THRESHOLD, bytes);
    }

    /** Sets the interval between the reports of a worker about itself. Default: 1 s. */
    public Builder workerStatusInterval(Duration interval) {
      return set(DeclaredSettings.WORKER_STATUS_INTERVAL, interval);
    }

    /** Sets the silence after which a worker counts as hung, and is replaced. Default: 30 s. */
    public Builder workerStatusTimeout(Duration timeout) {
      return set(DeclaredSettings.WORKER_STATUS_TIMEOUT, timeout);
    }

    /**
     * Sets the time that a worker has to end beyond the {@code closeDelay} and the {@code
     * closeTimeout} of its server. After that time it is killed. Default: 10 s.
     */
    public Builder processTermTimeout(Duration timeout) {
      return set(DeclaredSettings.PROCESS_TERM_TIMEOUT, timeout);
    }

    /** Sets the options of the workers' JVMs, such as {@code -Xmx512m}. Default: none. */
    public Builder jvmOptions(String... options) {
      return set(DeclaredSettings.JVM_OPTIONS, options == null ? null : List.of(options));
    }

    /**
     * Sets the directory of the supervisor, which only its owner may enter: it has the control
     * socket and the log. Default: {@code .socketcluster}.
     */
    public Builder directory(Path directory) {
      return set(DeclaredSettings.DIRECTORY, directory == null ? null : directory.toString());
    }

    /** Sets the largest size of a log file, 65,536 bytes or more. Default: 10,485,760 bytes. */
    public Builder logFileSize(long bytes) {
      return set(DeclaredSettings.LOG_FILE_SIZE, bytes);
    }

    /** Sets the number of log files that are kept, 2 to 1,000. Default: 5. */
    public Builder logFiles(int files) {
      return set(DeclaredSettings.LOG_FILES, files);
    }

    /** Sets each option of a map by its name, the options of the servers included. */
    public Builder fromMap(Map<String, ?> options) {
      return read(data -> data.readMap(options));
    }

    /** Sets each option in a JSON object, the options of the servers included. */
    public Builder fromJson(String json) {
      return read(data -> data.readJson(json));
    }

    /**
     * Sets options from environment variables: first those of the JSON object {@code
     * SOCKETCLUSTER_OPTIONS}, then each option with a variable of its own, such as {@code
     * SOCKETCLUSTER_PORT}. {@code SCC_STATE_SERVER_HOST} and the other {@code SCC_} variables of
     * SocketCluster's boilerplate set the broker, unless {@code SOCKETCLUSTER_BROKER} does.
     */
    public Builder fromEnvironment(Map<String, String> variables) {
      return read(data -> readEnvironment(data, Objects.requireNonNull(variables, "variables")));
    }

    private static void readEnvironment(OptionData data, Map<String, String> variables) {
      String cluster = SccVariables.broker(variables);
      if (cluster != null) {
        data.readMap(Map.of(DeclaredSettings.BROKER.name(), cluster));
      }
      data.readEnvironment(variables, ENVIRONMENT_PREFIX, CLIENT_PREFIX);
    }

    /**
     * Returns the options. The builder can be used again.
     *
     * @throws InvalidOptionsError when options are refused; the message has a line for each, with
     *     its name, its value and what is allowed
     */
    public WorkersOptions build() {
      OptionValues built = values.copy();
      built.check();
      Brokers.check(built.find(DeclaredSettings.BROKER));
      return new WorkersOptions(
          built,
          ServerData.of(built),
          StoreSettings.parse(built.find(DeclaredSettings.STORE_OPTIONS)));
    }
  }
}
