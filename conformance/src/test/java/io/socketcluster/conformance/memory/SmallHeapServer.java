// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.memory;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server with a handler of each kind: some are slow, and one never answers. */
final class SmallHeapServer {
  private static final int SLOW_MILLIS = 500;
  private static final int LATE_MILLIS = 1000;

  private final Queue<Object> kept = new ConcurrentLinkedQueue<>();

  private SmallHeapServer() {}

  /** Starts the server and prints its port. */
  public static void main(String[] args) throws InterruptedException {
    SmallHeapServer program = new SmallHeapServer();
    AGServer server =
        SocketCluster.create(
            AGServerOptions.builder().perMessageDeflate(true).eventLoops(2).build());
    server.onConnection(socket -> program.serve(socket));
    server.listen(0);
    System.out.println("port " + server.port());
    Thread.currentThread().join();
  }

  private void serve(AGServerSocket socket) throws InterruptedException {
    if (socket.request().query("late") != null) {
      Thread.sleep(LATE_MILLIS); // what comes meanwhile is kept
    }
    socket.procedure("echo").consume(request -> request.end(request.data()));
    socket.procedure("never").consume(this::keepForAWhile);
    socket.receiver("slow").consume(data -> Thread.sleep(SLOW_MILLIS));
    socket
        .procedure("login")
        .consume(
            request -> {
              socket.setAuthToken(Map.of("username", "mallory"));
              request.end();
            });
  }

  /** An application that forgets to answer, but does not keep calls without end itself. */
  private void keepForAWhile(Object call) {
    kept.add(call);
    while (kept.size() > 20) {
      kept.poll();
    }
  }
}
