// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A child process. Messages go both ways as lines of JSON, on its standard input and output; all
 * other lines of its output are for the log. The input ends when this process ends, and the child
 * ends then, too. Thread-safe.
 */
final class JavaProcess {
  private static final String MESSAGE = "{\"type\":";
  private static final int LONGEST_LINE = 16 * 1024;
  private static final long READ_OUT_MILLIS = 1_000;

  private final Process process;
  private final Listener listener;
  private final OutputStream input;
  private final CountDownLatch outputs = new CountDownLatch(2);

  /** Learns what the process says, each on a thread of its own, and its end after that. */
  interface Listener {
    void message(JsonNode message);

    void line(String line);

    void exited(ExitStatus status);
  }

  private JavaProcess(Process process, Listener listener) {
    this.process = process;
    this.listener = listener;
    this.input = process.getOutputStream();
  }

  /**
   * Starts a process.
   *
   * @param first its first message, which may have secrets: it is not in the arguments
   */
  static JavaProcess start(List<String> command, ObjectNode first, Listener listener)
      throws IOException {
    JavaProcess started = new JavaProcess(new ProcessBuilder(command).start(), listener);
    started.readOn(started.process.getInputStream(), true);
    started.readOn(started.process.getErrorStream(), false);
    started.send(first);
    started
        .process
        .onExit()
        .thenAcceptAsync(done -> started.ended(done.exitValue()), Thread::startVirtualThread);
    return started;
  }

  private void readOn(InputStream stream, boolean hasMessages) {
    Thread reader =
        new Thread(
            () -> {
              try {
                read(new LineReader(stream, LONGEST_LINE), hasMessages);
              } catch (IOException e) {
                // the end of the process
              } finally {
                outputs.countDown();
              }
            },
            "socketcluster-output-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  private void read(LineReader lines, boolean hasMessages) throws IOException {
    for (String line = lines.next(); line != null; line = lines.next()) {
      JsonNode message = hasMessages && line.startsWith(MESSAGE) ? message(line) : null;
      if (message == null) {
        listener.line(line);
      } else {
        listener.message(message);
      }
    }
  }

  private static @Nullable JsonNode message(String line) {
    try {
      return JsonMapper.shared().readTree(line);
    } catch (JacksonException e) {
      return null;
    }
  }

  private void ended(int status) {
    try {
      // A process that the child has started may keep the outputs open.
      boolean all = outputs.await(READ_OUT_MILLIS, TimeUnit.MILLISECONDS);
      assert all || outputs.getCount() > 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listener.exited(ExitStatus.of(status));
  }

  long pid() {
    return process.pid();
  }

  /** Sends a message. A process that has ended gets none. */
  void send(ObjectNode message) {
    synchronized (input) {
      try {
        input.write((message + "\n").getBytes(UTF_8));
        input.flush();
      } catch (IOException e) {
        // its end is told
      }
    }
  }

  /** Ends the process at once. */
  void kill() {
    process.destroyForcibly();
  }
}
