// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A server that does in the handshake what the query of a client asks for, and looks at some of its
 * subscriptions. It batches what it sends first.
 */
final class HandshakeServer {
  private static final Pattern PARAMETER = Pattern.compile("[?&](\\w+)=([^&]*)");

  private HandshakeServer() {}

  static AGServer start(int port) {
    AGServer server =
        SocketCluster.create(
            AGServerOptions.builder()
                .batchOnHandshake(true)
                .batchOnHandshakeDuration(Duration.ofMillis(400))
                .batchInterval(Duration.ofMillis(50))
                .build());
    server.setMiddleware(
        AGServer.MIDDLEWARE_HANDSHAKE, AGMiddleware.each(HandshakeServer::decideHandshake));
    server.setMiddleware(
        AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(HandshakeServer::decideSubscription));
    server
        .listener(AGServer.CONNECTION)
        .consume(
            event ->
                event.socket().procedure("echo").consume(request -> request.end(request.data())));
    server.listen(port);
    return server;
  }

  private static void decideHandshake(AGAction action) throws InterruptedException {
    Map<String, String> query = queryOf(action.request().uri());
    if (query.getOrDefault("line", "").equals(action.type().value())) {
      Thread.sleep(Long.parseLong(query.getOrDefault("delay", "0")));
    }
    if (query.containsKey("refuse") && action.type() == AGAction.Type.HANDSHAKE_SC) {
      action.block(tooLazy(query.get("code")));
    } else {
      action.allow();
    }
  }

  private static AGException tooLazy(@Nullable String code) {
    String message = "The server was too lazy";
    return code == null
        ? new AGException("TooLazyHandshakeError", message)
        : new AGException(
            "TooLazyHandshakeError", message, Map.of("statusCode", Integer.valueOf(code)));
  }

  private static void decideSubscription(AGAction action) {
    String channel = action.type() == AGAction.Type.SUBSCRIBE ? action.channel() : null;
    boolean refused =
        "batched/12".equals(channel)
            || ("batched/10".equals(channel) && action.data().path("foo").asInt(0) != 123);
    if (refused) {
      action.block(new AGException("UnauthorizedSubscribeError", "Not " + channel));
    } else {
      action.allow();
    }
  }

  private static Map<String, String> queryOf(String uri) {
    return PARAMETER
        .matcher(uri)
        .results()
        .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
  }
}
