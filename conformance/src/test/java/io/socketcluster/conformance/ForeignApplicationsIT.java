// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Packages that others wrote on top of the client, with what they expect of a server. */
class ForeignApplicationsIT {
  @RegisterExtension
  static final RunningServer SERVER = new RunningServer(ForeignApplicationsIT::start);

  private static AGServer start(int port) {
    AGServer server = SocketCluster.create(AGServerOptions.DEFAULT);
    CrudProcedures crud = new CrudProcedures(server);
    server.onConnection(
        socket -> {
          crud.serve(socket);
          relayReports(server, socket);
        });
    server.listen(port);
    return server;
  }

  /** What the server of the Redux DevTools does: stores report to one channel and obey another. */
  private static void relayReports(AGServer server, AGServerSocket socket) {
    socket.procedure("login").consume(request -> request.end("respond"));
    socket.receiver("log").consume(report -> server.exchange().transmitPublish("log", report));
  }

  @Test
  void agCollectionListsAndChangesWhatTheServerKeeps() {
    Scenario.named("collection").run(SERVER.port());
  }

  @Test
  void reduxDevToolsReportAndObey() {
    Scenario.named("redux-devtools").run(SERVER.port());
  }
}
