// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.core.AGSocket;
import java.util.Map;

/** Code that a server and a client use on their sockets alike. */
final class EitherEnd {
  record Sum(int value) {}

  private EitherEnd() {}

  static void serve(AGSocket socket) {
    socket
        .procedure("double", Sum.class)
        .consume(request -> request.end(new Sum(2 * request.data().value())));
    socket.listener(AGSocket.ERROR).consume(event -> event.error().printStackTrace());
  }

  static int quadruple(AGSocket socket, int value) throws InterruptedException {
    Sum doubled = socket.call("double", Map.of("value", value), Sum.class);
    return socket.call("double", doubled, Sum.class).value();
  }
}
