// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AuthKey;
import io.socketcluster.server.JwtAuthEngine;
import io.socketcluster.server.SocketCluster;
import java.time.Duration;

/**
 * The server of this project, with what the reference's is given in {@code reference-server.mjs}.
 */
final class OurServer implements CaseServer {
  private static final int ANY_PORT = 0;

  private final AGServer server;
  private final Gates gates = new Gates();
  private final CaseProcedures procedures;

  private OurServer(CaseServerOptions options) {
    JwtAuthEngine engine = JwtAuthEngine.of(AuthKey.secret(AUTH_KEY));
    server = SocketCluster.create(serverOptions(options, engine));
    procedures = new CaseProcedures(engine, gates);
    server.setMiddleware(AGServer.MIDDLEWARE_HANDSHAKE, AGMiddleware.each(gates::pass));
    server.setMiddleware(AGServer.MIDDLEWARE_INBOUND_RAW, AGMiddleware.each(this::hear));
    server.setMiddleware(AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(this::decide));
    server.onConnection(socket -> procedures.serve(socket));
    server.listen(ANY_PORT);
  }

  static OurServer start(CaseServerOptions options) {
    return new OurServer(options);
  }

  private static AGServerOptions serverOptions(CaseServerOptions options, JwtAuthEngine engine) {
    AGServerOptions.Builder builder =
        AGServerOptions.builder()
            .authEngine(options.hasLateAuthEngine() ? new LateAuthEngine(engine) : engine)
            .pingInterval(options.pingInterval())
            .pingTimeout(options.pingTimeout())
            .codecEngine(options.codec().engine())
            .perMessageDeflate(options.compresses())
            .closeTimeout(Duration.ZERO);
    return options.protocolVersion() == 1
        ? builder.protocolVersion(ProtocolVersion.V1).build()
        : builder.build();
  }

  private void hear(AGAction action) {
    procedures.arrived(action.socket(), action.data().asString(""));
    action.allow();
  }

  private void decide(AGAction action) {
    String channel = action.channel();
    if (action.type() == AGAction.Type.PUBLISH_IN) {
      procedures.published(action.data());
    }
    if (action.type() == AGAction.Type.SUBSCRIBE
        && channel != null
        && channel.startsWith("refused")) {
      action.block(new AGException("ForbiddenError", "No " + channel + " for you"));
    } else {
      gates.pass(action);
    }
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    gates.openAll();
    server.close().join();
  }
}
