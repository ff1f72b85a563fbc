// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.doors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.benchmarks.Arguments;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.HttpRequest;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.socketio.SocketIO;
import io.socketcluster.socketio.SocketIOListener;
import io.socketcluster.socketio.SocketIOOptions;
import io.socketcluster.socketio.SocketIOTransport;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;

/**
 * A server with the door for Socket.IO. {@code POST /publish} sends its body to everybody at the
 * door, and to those who are subscribed to {@code room}; {@code GET /memory} says how many bytes
 * are in use after a collection.
 */
public final class DoorServer {
  private static final int COLLECTIONS = 3;

  private DoorServer() {}

  /**
   * Starts the server.
   *
   * @param args {@code --port}
   */
  public static void main(String[] args) {
    int port = Integer.parseInt(Arguments.parse(args, Map.of("port", "8000")).text("port"));
    SocketIOListener[] io = new SocketIOListener[1];
    HttpHandler http = request -> answer(request, io[0]);
    AGServer server = SocketCluster.create(AGServerOptions.builder().httpHandler(http).build());
    // the clients of the load send no heartbeats back
    SocketIOOptions options =
        SocketIOOptions.builder()
            .bridge(true)
            .transportOptions(
                SocketIOTransport.SERVER_EVENTS, its -> its.withTimeout(Duration.ZERO))
            .build();
    io[0] = SocketIO.listen(server, options);
    server.listen(port);
  }

  private static HttpAnswer answer(HttpRequest request, SocketIOListener io) {
    if (request.path().equals("/memory")) {
      return HttpAnswer.text(200, Long.toString(usedBytes()));
    }
    String message = new String(request.body(), UTF_8);
    io.broadcast(message);
    io.server().exchange().transmitPublish("room", message);
    return HttpAnswer.text(200, "ok");
  }

  private static long usedBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct;
  }
}
