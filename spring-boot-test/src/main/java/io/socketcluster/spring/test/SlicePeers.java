// SPDX-License-Identifier: MIT
package io.socketcluster.spring.test;

import io.socketcluster.server.AGServer;
import io.socketcluster.test.SocketClusterExtension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** The clients of a test, which connect to the server of its application. */
final class SlicePeers implements ParameterResolver {
  private final SocketClusterExtension peers =
      SocketClusterExtension.builder()
          .sharedServer(test -> SpringExtension.getApplicationContext(test).getBean(AGServer.class))
          .build();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return peers.supportsParameter(parameter, test);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return peers.resolveParameter(parameter, test);
  }
}
