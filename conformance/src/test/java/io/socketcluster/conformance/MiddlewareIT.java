// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the stock client sees of a middleware, on all four lines. */
class MiddlewareIT {
  private static final Pattern CODE = Pattern.compile("code=(\\d+)");

  @RegisterExtension static final RunningServer SERVER = new RunningServer(MiddlewareIT::start);

  @Test
  void theClientSeesWhatIsBlockedReplacedAndChanged() {
    Scenario.named("middleware").run(SERVER.port());
  }

  private static AGServer start(int port) {
    AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);
    server.setMiddleware(
        AGServer.MIDDLEWARE_HANDSHAKE, AGMiddleware.each(MiddlewareIT::decideHandshake));
    server.setMiddleware(
        AGServer.MIDDLEWARE_INBOUND_RAW, AGMiddleware.each(MiddlewareIT::decideMessage));
    server.setMiddleware(
        AGServer.MIDDLEWARE_OUTBOUND, AGMiddleware.each(MiddlewareIT::decidePublish));
    server.onConnection(
        socket -> socket.procedure("echo").consume(request -> request.end(request.data())));
    server.listen(port);
    return server;
  }

  private static void decideHandshake(AGAction action) {
    String uri = action.request().uri();
    boolean upgrade = action.type() == AGAction.Type.HANDSHAKE_WS;
    if (upgrade && uri.contains("block=ws")) {
      action.block(new AGException("BlockedError", "Not you"));
    } else if (!upgrade && uri.contains("block=silent")) {
      action.block();
    } else if (!upgrade && uri.contains("block=sc")) {
      Matcher code = CODE.matcher(uri);
      action.block(
          new AGException(
              "BlockedError",
              "Not you",
              code.find() ? Map.of("statusCode", Integer.valueOf(code.group(1))) : Map.of()));
    } else {
      action.allow();
    }
  }

  private static void decideMessage(AGAction action) {
    String message = String.valueOf(action.data(String.class));
    if (message.contains("raw block")) {
      action.block();
    } else {
      action.allow(message.replace("raw replace", "raw replaced"));
    }
  }

  private static void decidePublish(AGAction action) {
    JsonNode data = action.data();
    if (data.has("secret")) {
      action.block();
    } else if (action.request().uri().contains("change=yes")) {
      action.allow(((ObjectNode) data).put("changed", true));
    } else {
      action.allow();
    }
  }
}
