// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import io.socketcluster.conformance.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The reference's own server, in Node. */
final class ReferenceServer implements CaseServer {
  private static final Path SCRIPTS = Path.of("src/test/js");
  private static final Duration UNTIL_IT_LISTENS = Duration.ofSeconds(30);
  private static final String LISTENING = "listening on ";

  private final ChildProcess process;
  private final int port;

  private ReferenceServer(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  static ReferenceServer start(CaseServerOptions options) {
    ChildProcess process = ChildProcess.start(SCRIPTS, command(options));
    String line = process.awaitLine(printed -> printed.startsWith(LISTENING), UNTIL_IT_LISTENS);
    return new ReferenceServer(process, Integer.parseInt(line.substring(LISTENING.length())));
  }

  private static List<String> command(CaseServerOptions options) {
    List<String> command = new ArrayList<>(List.of("node", "reference-server.mjs"));
    command.addAll(List.of("--authKey", AUTH_KEY));
    command.addAll(List.of("--pingInterval", String.valueOf(options.pingInterval().toMillis())));
    command.addAll(List.of("--pingTimeout", String.valueOf(options.pingTimeout().toMillis())));
    command.addAll(List.of("--protocolVersion", String.valueOf(options.protocolVersion())));
    command.addAll(List.of("--codec", options.codec().value()));
    if (options.hasLateAuthEngine()) {
      command.addAll(List.of("--authEngine", "late"));
    }
    if (options.compresses()) {
      command.addAll(List.of("--compression", "on"));
    }
    return command;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.close();
  }
}
