// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.SocketCluster;
import java.nio.file.Path;
import java.util.Map;

final class HttpProgram {
  private HttpProgram() {}

  static AGServer start(int port) {
    HttpHandler files = HttpHandler.files(Path.of("public"));
    HttpHandler site =
        request ->
            switch (request.method() + " " + request.path()) {
              case "POST /announce" -> announce(request.server(), request.bodyText());
              case "GET /sockets" -> sockets(request.server());
              default -> files.handle(request);
            };
    AGServerOptions options =
        AGServerOptions.builder()
            .httpHandler(HttpHandler.withHealthCheck("/health-check", site))
            .build();
    return SocketCluster.listen(port, options);
  }

  private static HttpAnswer announce(AGServer agServer, String text) {
    agServer.exchange().transmitPublish("news", text);
    return HttpAnswer.json(202, Map.of("clients", agServer.clientsCount()));
  }

  private static HttpAnswer sockets(AGServer agServer) {
    return HttpAnswer.streamed(
        200,
        "text/plain",
        out -> {
          for (String id : agServer.clients().keySet()) {
            out.write((id + "\n").getBytes(UTF_8));
          }
        });
  }
}
