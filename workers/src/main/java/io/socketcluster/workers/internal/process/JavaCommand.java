// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.process;

import io.socketcluster.workers.WorkersOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of child processes. They have no secret. */
public final class JavaCommand {
  private static final String MAIN = "io.socketcluster.workers.internal.child.ChildMain";
  private static final int HEAPS_PERCENT = 60;
  private static final int HEAP_PERCENT = 25;

  private final JavaProgram program;
  private final WorkersOptions options;
  private final Path directory;
  private final ClassArchive archive;

  /**
   * Creates the commands.
   *
   * @param directory gets what a crash leaves
   */
  public JavaCommand(
      JavaProgram program, WorkersOptions options, Path directory, ClassArchive archive) {
    this.program = program;
    this.options = options;
    this.directory = directory;
    this.archive = archive;
  }

  /** Returns the command of a worker. */
  public List<String> worker() {
    return command("worker", archive.use());
  }

  /** Returns the command of a process that becomes a worker when it gets its first message. */
  public List<String> spare() {
    return command("spare", archive.use());
  }

  /** Returns the command of the broker, which keeps subscriptions and the data of the store. */
  public List<String> broker() {
    return command("broker", archive.use());
  }

  /** Returns the command of the short run that makes the archive, for which no worker waits. */
  public List<String> training() {
    return LowPriority.of(command("training", archive.make()));
  }

  /** The options of the archive come first: they turn off a log that the user's may turn on. */
  private List<String> command(String kind, List<String> ofArchive) {
    List<String> command = new ArrayList<>();
    command.add(program.java().toString());
    command.addAll(ofArchive);
    addDefaults(command);
    command.addAll(options.jvmOptions());
    command.addAll(List.of("-cp", program.classPath(), MAIN, kind));
    return command;
  }

  private void addDefaults(List<String> command) {
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:ErrorFile=" + errorFile("%p"));
    command.add("--enable-native-access=ALL-UNNAMED");
    if (options.jvmOptions().stream().noneMatch(it -> it.matches("-XX:\\+Use\\w+GC"))) {
      command.add("-XX:+UseSerialGC");
    }
    if (options.jvmOptions().stream().noneMatch(it -> it.matches("-Xmx.*|-XX:Max(Heap|RAM).*"))) {
      command.add("-XX:MaxRAMPercentage=" + heapPercent());
    }
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=" + options.logLevel());
    command.add("-Dorg.slf4j.simpleLogger.showShortLogName=true");
  }

  private int heapPercent() {
    return Math.max(1, Math.min(HEAP_PERCENT, HEAPS_PERCENT / options.workers().orElse(1)));
  }

  /** Returns the file that a crash of the JVM leaves. */
  public Path errorFile(String pid) {
    return directory.resolve("hs_err_" + pid + ".log");
  }
}
