// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.http.api.HttpApi;
import io.socketcluster.http.api.HttpApiOptions;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.SocketCluster;

final class HttpApiProgram {
  private HttpApiProgram() {}

  static AGServer start(int port, String shopKey, String adminKey) {
    HttpApiOptions api =
        HttpApiOptions.builder()
            .apiKey("shop", shopKey, "publish:orders/", "count:orders/")
            .apiKey("admin", adminKey, "publish", "count", "kick-out", "disconnect")
            .build();
    AGServerOptions options =
        AGServerOptions.builder().httpHandler(HttpApi.with(api, HttpHandler.NONE)).build();
    return SocketCluster.listen(port, options);
  }
}
