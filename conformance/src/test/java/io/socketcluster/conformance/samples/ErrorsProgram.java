// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class ErrorsProgram {
  private static final Logger log = LoggerFactory.getLogger(ErrorsProgram.class);

  private ErrorsProgram() {}

  static void listen(AGServer agServer) {
    agServer
        .listener(AGServer.WARNING)
        .consume(
            event -> {
              if (event.warning() instanceof AGException expected) {
                log.debug("A client: {}", expected.toString());
              } else {
                log.warn("A bug", event.warning());
              }
            });
  }

  static void serve(AGServerSocket socket) {
    socket
        .procedure("buy")
        .consume(
            request -> {
              if (request.data().path("item").stringValue("").isBlank()) {
                throw new AGException("NoSuchItemError", "What do you want?");
              }
              request.end();
            });
  }
}
