// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A broker in a process of its own, on a free port of the loopback interface. */
public final class BrokerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path SERVERS = Path.of("/usr/sbin"); // of Debian; not on everybody's path

  private final int port;
  private final List<String> command;
  private final Probe probe;
  private final Path folder;
  private Process process;

  /** Finds out whether a broker answers. */
  @FunctionalInterface
  public interface Probe {
    /** Returns whether the broker answers on a new connection. */
    boolean isAnswering(Socket connection) throws IOException;
  }

  private BrokerProcess(int port, List<String> command, Probe probe) {
    this.port = port;
    this.command = command;
    this.probe = probe;
    this.folder = temporaryFolder();
    this.process = run();
  }

  /**
   * Starts a broker, and waits until it answers.
   *
   * @param program its name, for example {@code nats-server}
   * @param portOption the argument before the number of the port, which is the last
   * @param arguments the arguments before
   */
  public static BrokerProcess start(
      String program, String portOption, List<String> arguments, Probe probe) {
    int port = freePort();
    Path ofDebian = SERVERS.resolve(program);
    List<String> command = new ArrayList<>();
    command.add(Files.isExecutable(ofDebian) ? ofDebian.toString() : program);
    command.addAll(arguments);
    command.addAll(List.of(portOption, Integer.toString(port)));
    BrokerProcess started = new BrokerProcess(port, command, probe);
    started.awaitAnswer();
    return started;
  }

  /** Returns a port of the loopback interface that nobody uses. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a broker may leave its files. */
  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("broker");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process run() {
    try {
      return new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitAnswer() {
    await(command.getFirst()).atMost(PATIENCE).until(this::isAnswering);
  }

  private boolean isAnswering() {
    try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
      connection.setSoTimeout((int) PATIENCE.toMillis());
      return probe.isAnswering(connection);
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the port. */
  public int port() {
    return port;
  }

  /** Returns the host and the port. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Ends the process as a crash would. */
  public void kill() {
    process.destroyForcibly().onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Starts it again on the same port, and waits until it answers. */
  public void restart() {
    process = run();
    awaitAnswer();
  }

  /** Stops the process without ending it: its connections stay open, and nothing answers. */
  public void suspend() {
    signal("STOP");
  }

  /** Lets a suspended process go on. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process, suspended or not, and deletes its files. */
  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
