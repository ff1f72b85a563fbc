// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Lab;
import io.socketcluster.benchmarks.compare.lab.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A load on a server behind a relay, which encrypts for those servers that speak TLS: the load
 * generator does not. The other servers have the same relay without it.
 *
 * @param secured the names of the servers that speak TLS
 */
public record RelayedProbe(LoadProbe load, List<String> secured) implements Probe {
  /** Of HAProxy, on the core of the load. */
  private static final String CONFIGURATION =
      """
      global
        maxconn 4000
        nbthread 1
      defaults
        mode tcp
        timeout connect 10s
        timeout client 1h
        timeout server 1h
      listen relay
        bind 127.0.0.1:"${PORT}"
        server measured 127.0.0.1:\
      """;

  public RelayedProbe {
    secured = List.copyOf(secured);
  }

  @Override
  public Map<String, Double> measure(Contender contender, Lab lab) {
    try (ServerProcess server = lab.start(contender);
        ServerProcess relay = lab.start(relayTo(server))) {
      return lab.loadAt(relay.port(), server, load.arguments(lab.effort()));
    }
  }

  private Contender relayTo(ServerProcess server) {
    boolean encrypts = secured.contains(server.contender().id());
    List<String> command = Lab.onLastCore();
    command.addAll(List.of("env", "PORT=" + Contender.PORT, "haproxy", "-db", "-f"));
    command.add(
        written(CONFIGURATION + server.port() + (encrypts ? " ssl verify none\n" : "\n"))
            .toString());
    return new Contender("relay", server.contender().protocol(), command).usingAllCores();
  }

  private static Path written(String configuration) {
    try {
      Path file = Files.createTempFile("relay", ".cfg");
      file.toFile().deleteOnExit();
      return Files.writeString(file, configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
