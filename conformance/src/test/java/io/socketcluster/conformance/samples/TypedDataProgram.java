// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import com.fasterxml.jackson.annotation.JsonValue;
import io.socketcluster.server.AGServerOptions;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

final class TypedDataProgram {
  private TypedDataProgram() {}

  record Price(int cents) {}

  abstract static class PriceMixIn {
    @JsonValue
    abstract int cents();
  }

  static AGServerOptions options() {
    JsonMapper mapper =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addMixIn(Price.class, PriceMixIn.class)
            .build();
    AGServerOptions options = AGServerOptions.builder().jsonMapper(mapper).build();
    return options;
  }
}
