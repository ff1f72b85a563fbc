// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.socketcluster.server.AGServerOptions;

/**
 * Changes the options of the server after the properties {@code socketcluster.*} are set. Beans of
 * this type are called in their order.
 */
@FunctionalInterface
public interface AGServerOptionsCustomizer {
  /** Sets options on the builder. */
  void customize(AGServerOptions.Builder builder);
}
