// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import io.socketcluster.workers.SocketClusterWorker;
import io.socketcluster.workers.WorkerController;
import io.socketcluster.workers.WorkersOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs an application until it is asked to end. */
@Command(
    name = "run",
    description = "Runs an application: that of a folder or a jar, or a plain server.",
    footer = "Every option of docs/options.md has a flag, such as --ping-timeout 20s.")
final class RunCommand implements Callable<Integer> {
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

  RunCommand(
      @Nullable Class<? extends WorkerController> application, Map<String, String> environment) {
    this.application = application;
    this.configuration = new Configuration(environment);
  }

  /** Returns what the flags are given to. */
  Configuration configuration() {
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
    start((train ? builder.port(0) : builder).build());
    return 0;
  }

  /** Returns the arguments for the application's own command: all but the place. */
  private List<String> forwarded() {
    List<String> args = new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
    if (where != null) {
      args.remove(args.lastIndexOf(where));
    }
    args.add(0, "run");
    return args;
  }

  private void start(WorkersOptions options) {
    Logging.configure(options);
    WorkerController controller = Controllers.create(application, options.workerController());
    SocketClusterWorker worker;
    try {
      worker = SocketClusterWorker.start(controller, options);
    } catch (RuntimeException e) {
      String reason = Reasons.ofTheSystem(e);
      if (reason == null) {
        throw e;
      }
      throw new CommandFailure("cannot listen on port " + options.port() + ": " + reason);
    }
    if (train) {
      worker.close().join();
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> worker.close().join()));
    Announcement.ready(spec.commandLine().getOut(), json, worker.agServer());
  }
}
