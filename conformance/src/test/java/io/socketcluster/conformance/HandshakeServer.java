// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.UpgradeRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server that does in the handshake what the query of a client asks for, and looks at some of its
 * subscriptions. It batches what it sends first, and believes a proxy on this machine.
 */
final class HandshakeServer {
  private HandshakeServer() {}

  static AGServer start(int port) {
    AGServer server =
        SocketCluster.create(
            AGServerOptions.builder()
                .trustedProxies("127.0.0.1", "::1")
                .batchOnHandshake(true)
                .batchOnHandshakeDuration(Duration.ofMillis(400))
                .batchInterval(Duration.ofMillis(50))
                .build());
    server.setMiddleware(
        AGServer.MIDDLEWARE_HANDSHAKE, AGMiddleware.each(HandshakeServer::decideHandshake));
    server.setMiddleware(
        AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(HandshakeServer::decideSubscription));
    server.onConnection(socket -> serve(socket));
    server.listen(port);
    return server;
  }

  private static void serve(AGServerSocket socket) {
    socket.procedure("echo").consume(request -> request.end(request.data()));
    socket.procedure("whoAmI").consume(request -> request.end(describe(socket)));
  }

  private static Map<String, Object> describe(AGServerSocket socket) {
    UpgradeRequest request = socket.request();
    return Map.of(
        "query", request.query(),
        "cookies", request.cookies(),
        "own", String.valueOf(request.header("X-Own")),
        "family", String.valueOf(socket.remoteFamily()),
        "port", socket.remotePort(),
        "peer", text(socket.remoteAddress()),
        "forwardedFor", text(socket.forwardedForAddress()));
  }

  private static String text(@Nullable InetAddress address) {
    return address == null ? "" : address.getHostAddress();
  }

  private static void decideHandshake(AGAction action) throws InterruptedException {
    UpgradeRequest request = action.request();
    if (action.type().value().equals(request.query("line"))) {
      Thread.sleep(Long.parseLong(Objects.requireNonNullElse(request.query("delay"), "0")));
    }
    if (request.query("refuse") != null && action.type() == AGAction.Type.HANDSHAKE_SC) {
      action.block(tooLazy(request.query("code")));
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
}
