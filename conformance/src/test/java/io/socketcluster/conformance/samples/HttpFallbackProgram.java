// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.http.fallback.HttpFallback;
import io.socketcluster.http.fallback.HttpFallbackOptions;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;

final class HttpFallbackProgram {
  private HttpFallbackProgram() {}

  static AGServer start(int port, AGServerOptions options) {
    AGServer server = SocketCluster.create(options);
    HttpFallback.mount(server, HttpFallbackOptions.builder().build());
    server.listen(port);
    return server;
  }
}
