// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts servers on the first core and the load generator on the last. Not thread-safe. */
public final class Lab {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Tools tools;
  private final Effort effort;
  private final ChildProcesses children = new ChildProcesses();
  private final Path log;

  public Lab(Tools tools, Effort effort, Path log) {
    this.tools = tools;
    this.effort = effort;
    this.log = log;
  }

  public Effort effort() {
    return effort;
  }

  /** Returns what the server that was started last has written, errors of the load included. */
  public Path log() {
    return log;
  }

  /** Starts a contender; it is under way, but may not answer yet. */
  public ServerProcess launch(Contender contender) {
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ServerProcess.launch(contender, children, log.toFile());
  }

  /** Starts a contender again, at the port of one that has ended, and waits until it accepts. */
  public ServerProcess startAgain(ServerProcess ended) {
    return awaited(ServerProcess.launchAgain(ended, children, log.toFile()));
  }

  /** Starts the clients of an experiment on the last core; what they print is to be read. */
  public Process startClients(List<String> words) {
    List<String> command = onLastCore();
    command.addAll(words);
    return children.start(command, log.toFile(), true);
  }

  /** Runs the clients of an experiment on the last core and returns the figures they print. */
  public Map<String, Double> clients(List<String> words, Contender contender) {
    List<String> command = onLastCore();
    command.addAll(words);
    return figures(run(command), contender);
  }

  public void end(Process clients) {
    children.end(clients);
  }

  /** Starts a contender and waits until it accepts connections. */
  public ServerProcess start(Contender contender) {
    return awaited(launch(contender));
  }

  private static ServerProcess awaited(ServerProcess server) {
    try {
      server.awaitPort();
    } catch (MeasurementException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /** Puts a server under load and returns what the load generator says of it. */
  public Map<String, Double> load(ServerProcess server, List<String> arguments) {
    return loadAt(server.port(), server, arguments);
  }

  /** The same, at a port from which something forwards to the server. */
  public Map<String, Double> loadAt(int port, ServerProcess server, List<String> arguments) {
    List<String> command = onLastCore();
    command.add(tools.load().toString());
    command.addAll(arguments);
    command.addAll(List.of("--protocol", server.contender().protocol()));
    command.addAll(List.of("--port", Integer.toString(port)));
    command.addAll(List.of("--pid", Long.toString(server.pid())));
    return figures(run(command), server.contender());
  }

  /** Returns the begin of a command that runs on the last core. */
  public static List<String> onLastCore() {
    int lastCore = Runtime.getRuntime().availableProcessors() - 1;
    return new ArrayList<>(List.of("taskset", "-c", Integer.toString(lastCore)));
  }

  private @Nullable String run(List<String> command) {
    Process process = children.start(command, log.toFile(), true);
    try (var output = process.inputReader()) {
      return output.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      children.end(process);
    }
  }

  /** Returns the numbers of a line of JSON. */
  public Map<String, Double> figures(@Nullable String line, Contender contender) {
    if (line == null || line.isEmpty()) {
      throw new MeasurementException("no figure of " + contender.id() + "; see " + log);
    }
    Map<String, Double> figures = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : JSON.readTree(line).properties()) {
      if (field.getValue().isNumber()) {
        figures.put(field.getKey(), field.getValue().asDouble());
      }
    }
    return figures;
  }
}
