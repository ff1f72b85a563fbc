// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.socketcluster.cli.internal.config.CommandFailure;
import io.socketcluster.cli.internal.config.Configuration;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.workers.WorkersOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
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

  /** The header of the PROXY protocol from a proxy that speaks for itself. */
  private static final String OF_NO_CLIENT = "PROXY UNKNOWN\r\n";

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
    AGServerOptions server = options.serverOptions().build();
    int asked = port == 0 ? options.port() : port;
    String line;
    try {
      line =
          server.proxyProtocol()
              ? answerWithOrWithoutHeader(server, asked)
              : answer(server, asked, "");
    } catch (IOException e) {
      throw new CommandFailure("no answer on port " + asked + ": " + e.getMessage());
    }
    if (!line.startsWith("HTTP/1.1 200")) {
      throw new CommandFailure("the server answers " + line);
    }
    spec.commandLine().getOut().println("ok");
    return 0;
  }

  /** The server closes a connection without the header only if it trusts this machine's address. */
  private String answerWithOrWithoutHeader(AGServerOptions server, int asked) throws IOException {
    try {
      String line = answer(server, asked, "");
      if (!line.isEmpty()) {
        return line;
      }
    } catch (SocketTimeoutException e) {
      throw e; // a server that hangs is not asked twice
    } catch (IOException e) {
      // closed, in a handshake of TLS or by a reset
    }
    return answer(server, asked, OF_NO_CLIENT);
  }

  private String answer(AGServerOptions server, int asked, String header) throws IOException {
    try (Socket plain = new Socket()) {
      plain.setSoTimeout(timeout);
      plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), asked), timeout);
      plain.getOutputStream().write(header.getBytes(US_ASCII));
      try (Socket socket = server.tls() == null ? plain : LoopbackTls.over(plain)) {
        return firstLine(socket);
      }
    }
  }

  private String firstLine(Socket socket) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    InputStream in = socket.getInputStream();
    return new String(in.readNBytes(LINE), US_ASCII).lines().findFirst().orElse("");
  }
}
