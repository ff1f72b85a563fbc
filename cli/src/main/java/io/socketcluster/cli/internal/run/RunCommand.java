// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.run;

import io.socketcluster.cli.internal.config.CommandFailure;
import io.socketcluster.cli.internal.config.Configuration;
import io.socketcluster.cli.internal.config.Reasons;
import io.socketcluster.protocol.errors.HTTPServerError;
import io.socketcluster.workers.SocketClusterWorker;
import io.socketcluster.workers.SocketClusterWorkers;
import io.socketcluster.workers.WorkerController;
import io.socketcluster.workers.WorkersOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs an application until it is asked to end. */
@Command(
    name = "run",
    description = "Runs an application: that of a folder or a jar, or a plain server.",
    footer = "Every option of docs/options.md has a flag, such as --ping-timeout 20s.")
public final class RunCommand implements Callable<Integer> {
  private final @Nullable Class<? extends WorkerController> application;

  @Mixin private final Configuration configuration;

  @Option(names = "--json", description = "prints JSON")
  private boolean json;

  @Option(
      names = "--train",
      hidden = true,
      description = "starts on any port and ends: a run for a class data archive")
  private boolean train;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER|JAR",
      description = "the application; default: the current folder")
  private @Nullable String where;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Creates the command.
   *
   * @param application the application whose main method this is, or null
   */
  public RunCommand(
      @Nullable Class<? extends WorkerController> application, Map<String, String> environment) {
    this.application = application;
    this.configuration = new Configuration(environment);
  }

  /** Returns what the flags are given to. */
  public Configuration configuration() {
    return configuration;
  }

  @Override
  public Integer call() throws Exception {
    Project project = application == null ? Project.at(where == null ? "." : where) : null;
    if (project != null && project.isThere()) {
      return project.run(forwarded());
    }
    if (where != null) {
      throw new CommandFailure(
          application == null
              ? "there is no application at " + where
              : "this is the application; no other one can be named");
    }
    WorkersOptions.Builder builder = configuration.read();
    if (application != null) {
      builder.workerController(application);
    }
    start((train ? builder.port(0) : builder).build());
    return 0;
  }

  /**
   * Returns the arguments for the application's own command: this command with its options. An
   * option's value may equal the place, so the arguments are made from what was parsed.
   */
  private List<String> forwarded() {
    List<String> args = new ArrayList<>(List.of(spec.name()));
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      for (String value : option.originalStringValues()) {
        args.add(option.longestName() + "=" + value);
      }
    }
    return args;
  }

  private void start(WorkersOptions options) throws IOException {
    if (options.workers().isPresent() && !train) {
      supervise(options);
    } else {
      serve(options);
    }
  }

  private void serve(WorkersOptions options) {
    Logging.configure(options);
    SocketClusterWorker worker;
    try {
      worker = SocketClusterWorker.start(controller(options), options);
    } catch (HTTPServerError e) {
      throw new CommandFailure(
          "cannot listen on port " + options.port() + ": " + Reasons.ofTheSystem(e));
    }
    if (train) {
      worker.close().join();
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> worker.close().join()));
    Announcement.ready(spec.commandLine().getOut(), json, worker.agServer());
  }

  private WorkerController controller(WorkersOptions options) {
    return WorkerController.named(options.workerController());
  }

  private void supervise(WorkersOptions options) throws IOException {
    SocketClusterWorkers workers =
        SocketClusterWorkers.builder().options(options).printsJson(json).build();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> workers.close().join()));
    try {
      workers.start().join();
    } catch (CompletionException e) {
      workers.ended().join();
      String reason = e.getCause() == null ? null : e.getCause().getMessage();
      throw new CommandFailure("cannot start: " + reason);
    }
    boolean secure = options.serverOptions().build().tls() != null;
    Announcement.ready(spec.commandLine().getOut(), json, workers.port(), secure);
    workers.ended().join();
  }
}
