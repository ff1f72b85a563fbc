// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** What {@code bin/bench-sockets} runs: connects many client sockets and prints what they cost. */
public final class ClientSockets {
  private static final int WARM_UP = 100;

  /** Connecting at once; more would wait in the queue of the listening server. */
  private static final int WINDOW = 100;

  /** Three pings of each socket. */
  private static final Duration IDLE = Duration.ofSeconds(24);

  private final AGClientOptions options;
  private final Semaphore window = new Semaphore(WINDOW);
  private final List<AGClientSocket> sockets = new ArrayList<>();

  private ClientSockets(AGClientOptions options) {
    this.options = options;
  }

  /**
   * Measures.
   *
   * @param args the port of a server on this machine, and how many sockets
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 2) {
      System.err.println("usage: bench-sockets PORT SOCKETS");
      System.exit(2);
    }
    int count = Integer.parseInt(args[1]);
    ClientSockets bench =
        new ClientSockets(AGClientOptions.builder().port(Integer.parseInt(args[0])).build());
    bench.open(WARM_UP);
    Footprint before = Footprint.afterCollection();
    bench.open(count);
    Footprint open = Footprint.afterCollection();
    Thread.sleep(IDLE);
    Footprint idle = Footprint.now();
    System.out.println(
        count + " sockets: " + open.perSocket(before, count) + "; idle " + idle.load(open));
    bench.close();
  }

  private void open(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      window.acquire();
      AGClientSocket socket = SocketClusterClient.create(options);
      sockets.add(socket);
      socket.listener(AGClientSocket.CONNECT).consume(event -> window.release());
    }
    window.acquire(WINDOW);
    window.release(WINDOW);
  }

  private void close() {
    sockets.forEach(AGClientSocket::disconnect);
  }
}
