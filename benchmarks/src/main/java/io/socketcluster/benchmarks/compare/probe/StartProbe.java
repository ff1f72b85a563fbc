// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.probe;

import io.socketcluster.benchmarks.compare.figures.Figure;
import io.socketcluster.benchmarks.compare.lab.Contender;
import io.socketcluster.benchmarks.compare.lab.Lab;
import io.socketcluster.benchmarks.compare.lab.ServerProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** From the start of the command until {@code GET /health-check} is answered with 200. */
public final class StartProbe implements Probe {
  private static final byte[] REQUEST =
      "GET /health-check HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private static final byte[] ANSWER = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(2);
  private static final double NANOS_PER_MILLI = 1e6;

  /** The first start is not timed: it builds what is missing, and warms the disk. */
  @Override
  public Map<String, Double> measure(Contender contender, Lab lab) {
    start(contender, lab);
    return Map.of(Figure.START.key(), start(contender, lab) / NANOS_PER_MILLI);
  }

  private static double start(Contender contender, Lab lab) {
    long began = System.nanoTime();
    try (ServerProcess server = lab.launch(contender)) {
      server.await(() -> answers(server.port()), POLL_INTERVAL);
      return System.nanoTime() - began;
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      OutputStream out = socket.getOutputStream();
      out.write(REQUEST);
      out.flush();
      return Arrays.equals(socket.getInputStream().readNBytes(ANSWER.length), ANSWER);
    } catch (IOException e) {
      return false;
    }
  }
}
