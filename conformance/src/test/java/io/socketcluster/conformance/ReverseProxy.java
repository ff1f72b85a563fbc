// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The proxies that examples/proxies has a configuration for. */
enum ReverseProxy {
  NGINX("nginx", "nginx.conf") {
    @Override
    List<String> command(String program, Path configuration) {
      return List.of(
          program,
          "-p",
          configuration.resolveSibling("").toString(),
          "-e",
          "stderr",
          "-c",
          configuration.toString(),
          "-g",
          "daemon off; pid nginx.pid;");
    }

    @Override
    String adapted(String configuration, Path directory) {
      return configuration.replace(
          "http {\n", // only root may write to where Debian has them
          "http {\naccess_log off; client_body_temp_path a; proxy_temp_path b; fastcgi_temp_path c;"
              + " uwsgi_temp_path d; scgi_temp_path e;\n");
    }
  },
  HAPROXY("haproxy", "haproxy.cfg") {
    @Override
    List<String> command(String program, Path configuration) {
      return List.of(program, "-W", "-f", configuration.toString());
    }
  },
  HAPROXY_TCP("haproxy", "haproxy-tcp.cfg") {
    @Override
    List<String> command(String program, Path configuration) {
      return HAPROXY.command(program, configuration);
    }

    @Override
    boolean speaksProxyProtocol() {
      return true;
    }
  },
  APACHE("apache2", "apache.conf") {
    @Override
    List<String> command(String program, Path configuration) {
      return List.of(program, "-f", configuration.toString(), "-DFOREGROUND");
    }

    @Override
    String adapted(String configuration, Path directory) {
      return "DefaultRuntimeDir "
          + directory
          + "\n"
          + configuration.replace("/tmp/apache.pid", directory.resolve("pid").toString());
    }
  },
  CADDY("caddy", "Caddyfile") {
    @Override
    List<String> command(String program, Path configuration) {
      return List.of(
          program, "run", "--adapter", "caddyfile", "--config", configuration.toString());
    }
  };

  private static final Path EXAMPLES = Path.of("../examples/proxies");

  private final String program;
  private final String file;

  ReverseProxy(String program, String file) {
    this.program = program;
    this.file = file;
  }

  abstract List<String> command(String program, Path configuration);

  /** Returns the configuration for a directory of its own. */
  String adapted(String configuration, Path directory) {
    return configuration;
  }

  /** Returns whether it names the client in front of each connection, instead of in a header. */
  boolean speaksProxyProtocol() {
    return false;
  }

  /** Returns where the program is; Debian puts servers where not everybody's path leads. */
  private Optional<Path> installed() {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  boolean isInstalled() {
    return installed().isPresent();
  }

  /** Starts the proxy with the example's configuration, but for its ports and its patience. */
  ChildProcess start(Path directory, int port, List<Integer> servers) throws IOException {
    String configuration =
        Files.readString(EXAMPLES.resolve(file))
            .replace("8080", Integer.toString(port))
            .replace("8000", Integer.toString(servers.getFirst()))
            .replace("8001", Integer.toString(servers.getLast()))
            .replace("60s", "5s")
            .replace("imeout 60", "imeout 5")
            .replace("timeout=60", "timeout=5");
    Path adapted = directory.resolve(file);
    Files.writeString(adapted, adapted(configuration, directory));
    return ChildProcess.start(directory, command(installed().orElseThrow().toString(), adapted));
  }
}
