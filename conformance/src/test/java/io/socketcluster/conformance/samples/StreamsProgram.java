// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.core.AGRequest;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.SocketEvent;
import io.socketcluster.stream.Consumption;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamTimeoutException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

final class StreamsProgram {
  private StreamsProgram() {}

  static AGServer start(int port) {
    AGServer agServer = SocketCluster.create(AGServerOptions.DEFAULT);
    agServer.onConnection(socket -> handle(socket));
    limit(agServer);
    agServer.listen(port);
    return agServer;
  }

  private static void handle(AGServerSocket socket) {
    socket.procedure("byHandler").consume(request -> request.end("Handled"));

    Thread.startVirtualThread(
        () -> {
          for (AGRequest<JsonNode> request : socket.procedure("byLoop")) {
            request.end("Looped");
          }
        });

    StreamConsumer<JsonNode> news = socket.receiver("news").createConsumer();
    Thread.startVirtualThread(
        () -> {
          prepare();
          for (JsonNode data : news) {
            socket.transmit("read", data);
          }
        });

    socket.procedure("waitForMe").consume(request -> waitForSubscription(socket, request));
    socket.procedure("once").consume(request -> endOneConsumer(socket, request));
  }

  private static void prepare() {
    Thread.onSpinWait(); // a sample of something that takes time
  }

  private static void waitForSubscription(AGServerSocket socket, AGRequest<JsonNode> request)
      throws InterruptedException {
    try {
      SocketEvent.Subscribe event =
          socket.listener(AGServerSocket.SUBSCRIBE).once(Duration.ofSeconds(5));
      request.end(event.channel());
    } catch (StreamTimeoutException e) {
      request.error(e);
    }
  }

  private static void endOneConsumer(AGServerSocket socket, AGRequest<JsonNode> request) {
    Consumption logging = socket.receiver("news").consume(data -> System.out.println(data));
    socket.listener(AGServerSocket.DISCONNECT).consume(event -> logging.close());
    request.end(logging.id());
  }

  private static void limit(AGServer agServer) {
    agServer.setMiddleware(
        AGServer.MIDDLEWARE_INBOUND,
        AGMiddleware.each(
            action -> {
              if (isBehind(action)) {
                action.socket().disconnect(4100, "You are too fast");
                action.block();
                return;
              }
              action.allow();
            }));
  }

  private static boolean isBehind(AGAction action) {
    return action.socket().getBackpressure() > 1000;
  }
}
