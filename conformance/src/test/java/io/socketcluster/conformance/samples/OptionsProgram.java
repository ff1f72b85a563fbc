// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.server.AGServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

final class OptionsProgram {
  private OptionsProgram() {}

  static AGServerOptions read(String file, AGBrokerEngine brokerEngine) throws IOException {
    AGServerOptions options =
        AGServerOptions.builder()
            .fromJson(Files.readString(Path.of(file)))
            .fromMap(Map.of("slowConsumerPolicy", "drop-oldest"))
            .fromEnvironment(System.getenv())
            .brokerEngine(brokerEngine) // only code sets objects
            .build();
    return options;
  }
}
