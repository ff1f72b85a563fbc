// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A contender that runs, on its core. Closing it ends its process. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(10);
  private static final int FIRST_CORE = 0;

  private final Contender contender;
  private final ChildProcesses children;
  private final Process process;
  private final int port;

  private ServerProcess(Contender contender, ChildProcesses children, File log, int port) {
    this.contender = contender;
    this.children = children;
    this.port = port;
    List<String> command = new ArrayList<>();
    if (!contender.onAllCores()) {
      command.addAll(List.of("taskset", "-c", Integer.toString(FIRST_CORE)));
    }
    command.addAll(contender.commandFor(port));
    this.process = children.start(command, log, false);
  }

  /** Starts a contender and returns it at once. */
  public static ServerProcess launch(Contender contender, ChildProcesses children, File log) {
    return new ServerProcess(contender, children, log, freePort());
  }

  /** The same contender at the same port, which the other one must have left. */
  public static ServerProcess launchAgain(ServerProcess ended, ChildProcesses children, File log) {
    return new ServerProcess(ended.contender, children, log, ended.port);
  }

  /**
   * Waits until the port accepts connections.
   *
   * @throws MeasurementException when it does not in half a minute, or the process ends
   */
  public void awaitPort() {
    await(this::accepts, POLL_INTERVAL);
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  public Contender contender() {
    return contender;
  }

  /** Returns how many descriptors it has, and so, but for some, connections. */
  public int descriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
      return (int) open.count();
    } catch (IOException e) {
      throw new MeasurementException(contender.id() + " has ended");
    }
  }

  /** Waits until it has closed what others have closed. */
  public void awaitDescriptors(int most) {
    await(() -> descriptors() <= most, POLL_INTERVAL);
  }

  /** Returns the CPU, user and system, that it has had. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Ends it with SIGKILL and waits for that: it has no time for any farewell. */
  public void kill() {
    children.kill(process);
  }

  /** Waits for something that becomes true after a start. */
  public void await(Condition condition, Duration pollInterval) {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!condition.holds()) {
      if (!process.isAlive()) {
        throw new MeasurementException(contender.id() + " ended with " + process.exitValue());
      }
      if (System.nanoTime() > deadline) {
        throw new MeasurementException(contender.id() + " does not answer");
      }
      pause(pollInterval);
    }
  }

  /** Something that can be asked again and again. */
  @FunctionalInterface
  public interface Condition {
    boolean holds();
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeasurementException("interrupted");
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    children.end(process);
  }
}
