// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's {@code nats-server} in a process of its own, on a free port. */
final class NatsServer implements AutoCloseable {
  private static final String PROGRAM = "nats-server";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int port;
  private final List<String> arguments;
  private Process process;

  private NatsServer(int port, List<String> arguments) {
    this.port = port;
    this.arguments = arguments;
    this.process = run();
  }

  /** Starts a server. */
  static NatsServer start(String... arguments) {
    NatsServer server = new NatsServer(freePort(), List.of(arguments));
    server.awaitAnswer();
    return server;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process run() {
    List<String> command = new ArrayList<>(List.of(program(), "-a", "127.0.0.1", "-p", "" + port));
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Debian puts it where only root looks. */
  private static String program() {
    Path debian = Path.of(File.separator, "usr", "sbin", PROGRAM);
    return Files.isExecutable(debian) ? debian.toString() : PROGRAM;
  }

  private void awaitAnswer() {
    await("nats-server").atMost(PATIENCE).until(this::isAnswering);
  }

  private boolean isAnswering() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.getInputStream().read() == 'I'; // INFO
    } catch (IOException e) {
      return false;
    }
  }

  String url() {
    return "nats://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  /** Ends the process as a crash would. */
  void kill() {
    process.destroyForcibly().onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Starts it again on the same port. */
  void restart() {
    process = run();
    awaitAnswer();
  }

  /** Sends a signal, for example STOP or CONT. */
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill(); // also when it is stopped
  }
}
