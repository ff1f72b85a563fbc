// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.workers.internal.log.LogEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the central log. */
@Command(name = "logs", description = "Shows the last entries of the log of all processes.")
final class LogsCommand implements Callable<Integer> {
  private static final long POLL_MILLIS = 250;

  @Mixin private final Running running;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "COUNT",
      defaultValue = "50",
      description = "number of entries; default: ${DEFAULT-VALUE}")
  private int count = 50;

  @Option(
      names = {"-f", "--follow"},
      description = "goes on with new entries until it is interrupted")
  private boolean follow;

  @Option(names = "--json", description = "prints JSON lines")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  LogsCommand(Map<String, String> environment) {
    running = new Running(environment);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path file = running.directory().resolve("socketcluster.log");
    if (!Files.exists(file)) {
      throw new CommandFailure("there is no log in " + running.directory());
    }
    long end = Files.size(file);
    print(last(file));
    while (follow) {
      Thread.sleep(POLL_MILLIS);
      end = printFrom(file, end);
    }
    return 0;
  }

  private List<String> last(Path file) throws IOException {
    Deque<String> last = new ArrayDeque<>();
    for (Path each : List.of(file.resolveSibling(file.getFileName() + ".1"), file)) {
      if (Files.exists(each)) {
        try (var lines = Files.lines(each)) {
          lines.forEach(
              line -> {
                last.addLast(line);
                if (last.size() > count) {
                  last.removeFirst();
                }
              });
        }
      }
    }
    return List.copyOf(last);
  }

  /** Prints whole lines behind a place; returns the place behind them. A smaller file is new. */
  private long printFrom(Path file, long from) throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long start = log.length() < from ? 0 : from;
      log.seek(start);
      byte[] bytes = new byte[(int) Math.min(1 << 20, log.length() - start)];
      log.readFully(bytes);
      int whole = bytes.length;
      while (whole > 0 && bytes[whole - 1] != '\n') {
        whole--;
      }
      print(new String(bytes, 0, whole, UTF_8).lines().toList());
      return start + whole;
    }
  }

  private void print(List<String> lines) {
    PrintWriter out = spec.commandLine().getOut();
    for (String line : lines) {
      LogEntry entry = json ? null : LogEntry.ofJson(line);
      out.println(entry == null ? line : entry.toText());
    }
    out.flush();
  }
}
