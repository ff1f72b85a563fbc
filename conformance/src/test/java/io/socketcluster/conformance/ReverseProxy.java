// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The proxies that examples/proxies has a configuration for. */
public enum ReverseProxy {
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
    Front front() {
      return Front.PROXY_PROTOCOL;
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
  },
  NGINX_HTTP2("nginx", "nginx-http2.conf", NGINX),
  HAPROXY_HTTP2("haproxy", "haproxy-http2.cfg", HAPROXY),
  APACHE_HTTP2("apache2", "apache-http2.conf", APACHE),
  CADDY_HTTP2("caddy", "Caddyfile-http2", CADDY);

  /** The protocol that clients of a proxy, or its servers, speak with it. */
  enum Front {
    HTTP,
    /** It names the client in front of each connection, instead of in a header. */
    PROXY_PROTOCOL,
    /** TLS with HTTP/2, and the path {@code /live/}. */
    HTTP_2
  }

  private static final Path EXAMPLES = Path.of("../examples/proxies");

  private final String program;
  private final String file;
  private final @Nullable ReverseProxy plain;

  ReverseProxy(String program, String file) {
    this(program, file, null);
  }

  /**
   * @param plain the same proxy without HTTP/2
   */
  ReverseProxy(String program, String file, @Nullable ReverseProxy plain) {
    this.program = program;
    this.file = file;
    this.plain = plain;
  }

  List<String> command(String program, Path configuration) {
    return Objects.requireNonNull(plain, "each has a command").command(program, configuration);
  }

  /** Returns the configuration for a directory of its own. */
  String adapted(String configuration, Path directory) {
    return plain == null ? configuration : plain.adapted(configuration, directory);
  }

  Front front() {
    return plain == null ? Front.HTTP : Front.HTTP_2;
  }

  /** Returns those of a kind that are on this machine. */
  static List<ReverseProxy> installed(Front front) {
    return Arrays.stream(values())
        .filter(proxy -> proxy.front() == front && proxy.isInstalled())
        .toList();
  }

  /** Returns where the program is; Debian puts servers where not everybody's path leads. */
  private Optional<Path> installed() {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Returns whether it is on this machine. */
  public boolean isInstalled() {
    return installed().isPresent();
  }

  /** Starts the proxy with the example's configuration, but for its ports and its patience. */
  ChildProcess start(Path directory, int port, List<Integer> servers) throws IOException {
    return start(directory, port, servers, UnaryOperator.identity());
  }

  /** Starts the proxy as the other does, and changes the configuration after that. */
  public ChildProcess start(
      Path directory, int port, List<Integer> servers, UnaryOperator<String> change)
      throws IOException {
    String configuration =
        Files.readString(EXAMPLES.resolve(file))
            .replace("8080", Integer.toString(port))
            .replace("8000", Integer.toString(servers.getFirst()))
            .replace("8001", Integer.toString(servers.getLast()))
            .replace("60s", "5s")
            .replace("imeout 60", "imeout 5")
            .replace("timeout=60", "timeout=5");
    Path adapted = directory.resolve(file);
    Files.writeString(adapted, change.apply(adapted(configuration, directory)));
    return ChildProcess.start(directory, command(installed().orElseThrow().toString(), adapted));
  }
}
