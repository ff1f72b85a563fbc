// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Another client of a server, which calls it again and again. It is a process of its own, because
 * in one with many busy clients it would wait for these, not for the server.
 */
final class Bystander {
  private static final long PAUSE_MILLIS = 20;

  private static volatile boolean hasInputEnded; // in the process of the client

  private final Process process;
  private final BufferedReader output;

  private Bystander(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /** Connects a client, which calls from now on. */
  static Bystander at(int port) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Bystander.class.getName(),
                    Integer.toString(port)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Bystander bystander = new Bystander(process);
    bystander.output.readLine(); // it has been answered
    return bystander;
  }

  /** Ends it; returns the microseconds of its longest call. */
  long end() throws IOException {
    process.getOutputStream().close();
    String longest = output.readLine();
    if (longest == null) {
      throw new IOException("The bystander has lost its connection");
    }
    return Long.parseLong(longest);
  }

  /** Calls the server at a port until the standard input ends; then prints the longest wait. */
  public static void main(String[] args) throws Exception {
    KeptClient client = new KeptClient(Integer.parseInt(args[0]), "other", "", new LongAdder());
    client.open();
    client.echo();
    System.out.println("ready");
    Thread.ofPlatform().daemon().start(Bystander::endWithInput);
    long longest = 0;
    while (!hasInputEnded) {
      long begin = System.nanoTime();
      client.echo();
      longest = Math.max(longest, System.nanoTime() - begin);
      Thread.sleep(PAUSE_MILLIS);
    }
    System.out.println(longest / 1000);
  }

  private static void endWithInput() {
    try {
      System.in.readAllBytes();
    } catch (IOException e) {
      // it has ended, too
    }
    hasInputEnded = true;
  }
}
