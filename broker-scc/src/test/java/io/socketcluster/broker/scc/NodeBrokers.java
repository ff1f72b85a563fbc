// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.socketcluster.broker.testkit.BrokerProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/** The {@code scc-broker} from npm. */
final class NodeBrokers {
  static final Path SCRIPTS = Path.of("src/test/js").toAbsolutePath();

  private NodeBrokers() {}

  static BrokerProcess start(Cluster cluster) {
    Path program = SCRIPTS.resolve("node_modules/scc-broker/server.js");
    // The last argument of all is the port, which this program takes from its environment.
    String command =
        """
        SCC_STATE_SERVER_HOST=127.0.0.1 SCC_STATE_SERVER_PORT=%d SCC_AUTH_KEY='%s' \
        SCC_INSTANCE_IP=127.0.0.1 SCC_BROKER_SERVER_RETRY_DELAY=100 \
        SCC_BROKER_SERVER_PORT=$1 exec node '%s'
        """
            .formatted(cluster.port(), Cluster.KEY, program);
    return BrokerProcess.start(
        "sh", "scc-broker", List.of("-c", command), NodeBrokers::isAnswering);
  }

  private static boolean isAnswering(Socket connection) throws IOException {
    connection.getOutputStream().write("GET /health-check HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
    return connection.getInputStream().read() == 'H';
  }
}
