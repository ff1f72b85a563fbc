// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.TlsOptions;
import java.nio.file.Path;

final class TlsProgram {
  private TlsProgram() {}

  static AGServer start(int port, Path chain, Path privateKey) {
    TlsOptions tls = TlsOptions.of(chain, privateKey); // two files of PEM text
    AGServer agServer = SocketCluster.listen(port, AGServerOptions.builder().tls(tls).build());

    agServer.secure(); // true
    agServer.reloadTls(); // after the files have been replaced
    return agServer;
  }
}
