// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import io.socketcluster.workers.WorkersOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of child processes. They have no secret. */
final class JavaCommand {
  private static final String MAIN = "io.socketcluster.workers.internal.child.ChildMain";
  private static final int HEAPS_PERCENT = 60;
  private static final int HEAP_PERCENT = 25;

  private final WorkersOptions options;
  private final Path directory;
  private final ClassArchive archive;

  JavaCommand(WorkersOptions options, Path directory, ClassArchive archive) {
    this.options = options;
    this.directory = directory;
    this.archive = archive;
  }

  /** Returns the command of a worker. */
  List<String> worker() {
    List<String> command = java();
    command.addAll(archive.use());
    return withMain(command, "worker");
  }

  /** Returns the command of the broker, which keeps nothing but subscriptions. */
  List<String> broker() {
    List<String> command = java();
    command.addAll(archive.use());
    return withMain(command, "broker");
  }

  /** Returns the command of the short run that makes the archive. */
  List<String> training() {
    List<String> command = java();
    command.addAll(archive.make());
    return withMain(command, "training");
  }

  private List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
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
    command.addAll(options.jvmOptions());
    return command;
  }

  private int heapPercent() {
    return Math.max(1, Math.min(HEAP_PERCENT, HEAPS_PERCENT / options.workers().orElse(1)));
  }

  Path errorFile(String pid) {
    return directory.resolve("hs_err_" + pid + ".log");
  }

  private static List<String> withMain(List<String> command, String kind) {
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(MAIN);
    command.add(kind);
    return command;
  }
}
