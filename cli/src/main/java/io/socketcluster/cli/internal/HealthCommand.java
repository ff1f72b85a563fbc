// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.socketcluster.cli.internal.config.CommandFailure;
import io.socketcluster.cli.internal.config.Configuration;
import io.socketcluster.workers.WorkersOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a server on this machine for its health, for images without curl. */
@Command(
    name = "health",
    description = "Asks the server on this machine whether it serves; status 0 if it does.")
final class HealthCommand implements Callable<Integer> {
  private static final int LINE = 64;

  @Mixin private final Configuration configuration;

  @Option(names = "--port", description = "default: the port of the configuration")
  private int port;

  @Option(
      names = "--path",
      defaultValue = "/health-check",
      description = "default: ${DEFAULT-VALUE}")
  private String path = "/health-check";

  @Option(
      names = "--timeout",
      defaultValue = "3000",
      description = "milliseconds; default: ${DEFAULT-VALUE}")
  private int timeout = 3000;

  @Spec private CommandSpec spec = CommandSpec.create();

  HealthCommand(Map<String, String> environment) {
    configuration = new Configuration(environment);
  }

  @Override
  public Integer call() {
    WorkersOptions options = configuration.read().build();
    int asked = port == 0 ? options.port() : port;
    String line;
    try (Socket plain = new Socket()) {
      plain.setSoTimeout(timeout);
      plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), asked), timeout);
      boolean secure = options.serverOptions().build().tls() != null;
      try (Socket socket = secure ? LoopbackTls.over(plain) : plain) {
        line = firstLine(socket);
      }
    } catch (IOException e) {
      throw new CommandFailure("no answer on port " + asked + ": " + e.getMessage());
    }
    if (!line.startsWith("HTTP/1.1 200")) {
      throw new CommandFailure("the server answers " + line);
    }
    spec.commandLine().getOut().println("ok");
    return 0;
  }

  private String firstLine(Socket socket) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    InputStream in = socket.getInputStream();
    return new String(in.readNBytes(LINE), US_ASCII).lines().findFirst().orElse("");
  }
}
