// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A worker with {@code scc-broker-client} from npm, in a process of its own. */
final class NodeWorker implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final int port;

  private NodeWorker(Process process) {
    this.process = process;
    this.output = process.inputReader(UTF_8);
    this.port = Integer.parseInt(lineAfter("listening "));
  }

  static NodeWorker start(Cluster cluster) {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("node", "worker.cjs", "0", Integer.toString(cluster.port())))
            .directory(NodeBrokers.SCRIPTS.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("SCC_AUTH_KEY", Cluster.KEY);
    try {
      return new NodeWorker(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  /** Returns how many brokers it knows, and how many channels it is subscribed to there. */
  String state() {
    try {
      process.outputWriter().write("state\n");
      process.outputWriter().flush();
      return lineAfter("state ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String lineAfter(String start) {
    try {
      String line = output.readLine();
      while (line != null && !line.startsWith(start)) {
        line = output.readLine();
      }
      if (line == null) {
        throw new AssertionError("The worker has ended");
      }
      return line.substring(start.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
