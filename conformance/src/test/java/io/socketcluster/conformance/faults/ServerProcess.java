// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.faults;

import io.socketcluster.conformance.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A {@link FaultServer} that can be killed and started again on its port. */
final class ServerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);

  private final int port;
  private final String brokerUrl;
  private final Duration brokerTimeout;
  private ChildProcess process;

  ServerProcess(int port, String brokerUrl, Duration brokerTimeout) {
    this.port = port;
    this.brokerUrl = brokerUrl;
    this.brokerTimeout = brokerTimeout;
    this.process = run();
  }

  private ChildProcess run() {
    return ChildProcess.start(
        Path.of("."),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            FaultServer.class.getName(),
            Integer.toString(port),
            brokerUrl,
            Long.toString(brokerTimeout.toMillis())));
  }

  int port() {
    return port;
  }

  /** Waits until the server has joined the others. */
  void awaitJoined() {
    process.awaitLine(line -> line.equals("port " + port), START);
  }

  /** Ends the process as a crash would. */
  void kill() {
    process.close();
  }

  void restart() {
    process = run();
    awaitJoined();
  }

  @Override
  public void close() {
    process.close();
  }
}
