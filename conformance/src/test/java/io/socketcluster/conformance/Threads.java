// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The threads of this JVM at one moment that have to do with SocketCluster or Netty, virtual ones
 * too.
 */
record Threads(Set<String> described) {
  private static final Pattern THREAD =
      Pattern.compile("^#\\d+ \"(?<name>.*?)\".*\\R(?<stack>(?: +.*\\R)*)", Pattern.MULTILINE);

  /** What a JVM has once stays: the event loops of all client sockets, who tidies up streams. */
  private static final List<String> SHARED = List.of("socketcluster-client-", "stream-reaper");

  private static final List<String> OURS =
      List.of("socketcluster", "netty", "multiThreadIoEventLoop");

  static Threads now() {
    Set<String> described = new TreeSet<>();
    Matcher threads = THREAD.matcher(dump());
    while (threads.find()) {
      String name = threads.group("name");
      String thread = name + "\n" + threads.group("stack");
      if (SHARED.stream().noneMatch(name::startsWith)
          && !thread.contains("conformance.Threads.")
          && OURS.stream().anyMatch(thread::contains)) {
        described.add(thread);
      }
    }
    return new Threads(described);
  }

  private static String dump() {
    try {
      Path directory = Files.createTempDirectory("threads");
      Path file = directory.resolve("dump.txt").toAbsolutePath();
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
      String text = Files.readString(file);
      Files.delete(file);
      Files.delete(directory);
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until there are no others than these, but for those that a JVM has once. */
  void awaitNoOthers() {
    await()
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              Set<String> others = new TreeSet<>(now().described());
              others.removeAll(described);
              assertThat(others).isEmpty();
            });
  }
}
