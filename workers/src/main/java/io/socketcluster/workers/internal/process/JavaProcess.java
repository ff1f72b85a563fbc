// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.process;

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
public final class JavaProcess {
  private static final String MESSAGE = "{\"type\":";
  private static final int LONGEST_LINE = 16 * 1024;
  private static final long READ_OUT_MILLIS = 1_000;

  private final Process process;
  private final OutputStream input;
  private final CountDownLatch outputs = new CountDownLatch(2);

  /** Learns what the process says, each on a thread of its own, and its end after that. */
  public interface Listener {
    void message(JsonNode message);

    void line(String line);

    void exited(ExitStatus status);
  }

  private JavaProcess(Process process) {
    this.process = process;
    this.input = process.getOutputStream();
  }

  /** Starts a process, which waits for its first message. */
  public static JavaProcess start(List<String> command) throws IOException {
    return new JavaProcess(new ProcessBuilder(command).start());
  }

  /**
   * Sends the first message, and reads what the process says.
   *
   * @param first may have secrets: it is not in the arguments
   */
  public void follow(ObjectNode first, Listener listener) {
    readOn(process.getInputStream(), listener, true);
    readOn(process.getErrorStream(), listener, false);
    send(first);
    process
        .onExit()
        .thenAcceptAsync(done -> ended(done.exitValue(), listener), Thread::startVirtualThread);
  }

  private void readOn(InputStream stream, Listener listener, boolean hasMessages) {
    Thread reader =
        new Thread(
            () -> {
              try {
                read(new LineReader(stream, LONGEST_LINE), listener, hasMessages);
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

  private static void read(LineReader lines, Listener listener, boolean hasMessages)
      throws IOException {
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

  private void ended(int status, Listener listener) {
    try {
      // A process that the child has started may keep the outputs open.
      boolean unused = outputs.await(READ_OUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listener.exited(ExitStatus.of(status));
  }

  /** Returns whether the process has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Returns the process id. */
  public long pid() {
    return process.pid();
  }

  /** Sends a message. A process that has ended gets none. */
  public void send(ObjectNode message) {
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
  public void kill() {
    process.destroyForcibly();
  }
}
