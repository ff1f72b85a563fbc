// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Times as JSON. */
final class Milliseconds {
  private Milliseconds() {}

  static @Nullable Long of(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  static @Nullable Long of(@Nullable Duration time) {
    return time == null ? null : time.toMillis();
  }

  static @Nullable Instant instant(JsonNode data) {
    return data.isNumber() ? Instant.ofEpochMilli(data.longValue()) : null;
  }

  static @Nullable Duration duration(JsonNode data) {
    return data.isNumber() ? Duration.ofMillis(data.longValue()) : null;
  }
}
