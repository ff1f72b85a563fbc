// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;

/** The server has no port of its own. */
final class OnApplicationPort extends NoneNestedConditions {
  OnApplicationPort() {
    super(ConfigurationPhase.REGISTER_BEAN);
  }

  @ConditionalOnProperty("socketcluster.port")
  static final class OwnPort {}
}
