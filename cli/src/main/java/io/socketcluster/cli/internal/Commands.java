// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import io.socketcluster.cli.internal.config.CommandFailure;
import io.socketcluster.cli.internal.config.Configuration;
import io.socketcluster.cli.internal.config.Reasons;
import io.socketcluster.cli.internal.create.CreateCommand;
import io.socketcluster.cli.internal.create.Version;
import io.socketcluster.cli.internal.run.LogsCommand;
import io.socketcluster.cli.internal.run.ReloadCommand;
import io.socketcluster.cli.internal.run.RunCommand;
import io.socketcluster.cli.internal.run.StatusCommand;
import io.socketcluster.cli.internal.run.StopCommand;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.workers.WorkerController;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The tree of commands. */
public final class Commands {
  private final CommandLine line;

  /**
   * Creates the commands.
   *
   * @param application the application whose main method this is, or null to look in the current
   *     folder
   */
  public Commands(@Nullable Class<? extends WorkerController> application) {
    this(application, System.getenv());
  }

  Commands(
      @Nullable Class<? extends WorkerController> application, Map<String, String> environment) {
    line = new CommandLine(new Root());
    line.addSubcommand(new CreateCommand());
    RunCommand run = new RunCommand(application, environment);
    line.addSubcommand(withFlags(run, run.configuration()));
    CheckCommand check = new CheckCommand(environment);
    line.addSubcommand(withFlags(check, check.configuration()));
    line.addSubcommand(
        new CommandLine(new TokenCommand())
            .addSubcommand(new SignCommand(environment))
            .addSubcommand(new VerifyCommand(environment)));
    line.addSubcommand(new ReloadCommand(environment));
    line.addSubcommand(new StopCommand(environment));
    line.addSubcommand(new StatusCommand(environment));
    line.addSubcommand(new LogsCommand(environment));
    line.addSubcommand(new PublishCommand(environment));
    line.addSubcommand(new BenchCommand());
    line.addSubcommand(new HealthCommand(environment));
    line.addSubcommand(new CommandLine(new AutoComplete.GenerateCompletion()));
    line.setParameterExceptionHandler(Commands::refuse);
    line.setExecutionExceptionHandler(Commands::fail);
  }

  private static CommandLine withFlags(Object command, Configuration configuration) {
    CommandLine line = new CommandLine(command);
    Configuration.addFlags(line.getCommandSpec(), configuration);
    return line;
  }

  /** Runs a command; returns the status of the process. */
  public int execute(String... args) {
    return line.execute(args);
  }

  CommandLine line() {
    return line;
  }

  /** The command without a subcommand. */
  @Command(
      name = "socketcluster",
      description = "Creates, runs and checks SocketCluster applications.",
      mixinStandardHelpOptions = true,
      usageHelpAutoWidth = true,
      scope = ScopeType.INHERIT,
      versionProvider = Version.class,
      synopsisSubcommandLabel = "COMMAND")
  static final class Root {}

  private static int refuse(ParameterException refused, String[] args) {
    CommandLine command = refused.getCommandLine();
    PrintWriter err = command.getErr();
    String secret =
        refused instanceof UnmatchedArgumentException unmatched
            ? Configuration.secretOf(unmatched.getUnmatched())
            : null;
    err.println("socketcluster: " + (secret == null ? refused.getMessage() : secret));
    if (secret == null) {
      suggest(refused, err);
    }
    err.print("usage: " + command.getHelp().synopsis(0));
    err.flush();
    return ExitCode.USAGE;
  }

  /** Most flags are not in the help, and picocli suggests none of these. */
  private static void suggest(ParameterException refused, PrintWriter err) {
    String nearest =
        refused instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()
            ? Configuration.nearest(unmatched.getUnmatched().getFirst())
            : null;
    if (nearest == null) {
      UnmatchedArgumentException.printSuggestions(refused, err);
    } else {
      err.println("Possible solutions: " + nearest);
    }
  }

  private static int fail(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    return switch (failure) {
      case InvalidOptionsError refused -> tell(command, refused.getMessage(), ExitCode.USAGE);
      case CommandFailure told -> tell(command, told.getMessage(), ExitCode.SOFTWARE);
      case IOException io -> tell(command, Reasons.withFile(io), ExitCode.SOFTWARE);
      case UncheckedIOException io ->
          tell(command, Reasons.withFile(Objects.requireNonNull(io.getCause())), ExitCode.SOFTWARE);
      default -> throw failure;
    };
  }

  private static int tell(CommandLine command, @Nullable String reasons, int status) {
    PrintWriter err = command.getErr();
    String.valueOf(reasons).lines().forEach(reason -> err.println("socketcluster: " + reason));
    err.flush();
    return status;
  }
}
