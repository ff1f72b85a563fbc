// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import io.socketcluster.cli.internal.config.CommandFailure;
import io.socketcluster.cli.internal.config.Configuration;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.JwtAuthEngine;

/** The engine that has the key of a configuration. */
final class Tokens {
  private Tokens() {}

  static JwtAuthEngine engine(Configuration configuration) {
    AGServerOptions options = configuration.read().build().serverOptions().build();
    if (options.authKey() == null
        && options.authPrivateKey() == null
        && options.authPublicKey() == null) {
      throw new CommandFailure(
          "no key is set: set authKey in the file, or the variable SOCKETCLUSTER_AUTH_KEY");
    }
    return JwtAuthEngine.of(options);
  }
}
