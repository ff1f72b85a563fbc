// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.codec.minbin.MinBinCodec;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SocketCluster;

final class OldClientsProgram {
  private OldClientsProgram() {}

  static AGServer start(int port) {
    AGServerOptions options =
        AGServerOptions.builder()
            .endpoint(AGEndpoint.of("/socketcluster-v1/").withProtocolVersion(ProtocolVersion.V1))
            .endpoint(AGEndpoint.of("/min-bin/").withCodecEngine(new MinBinCodec()))
            .build();
    return SocketCluster.listen(port, options);
  }
}
