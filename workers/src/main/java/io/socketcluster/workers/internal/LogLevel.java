// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal;

import io.socketcluster.core.options.OptionFormat;
import io.socketcluster.core.options.StandardFormats;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A level of SLF4J, by its name or by a number as in SocketCluster's boilerplate. */
public enum LogLevel {
  OFF,
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE;

  static final OptionFormat<LogLevel> FORM =
      new OptionFormat<>(
          "off, error, warn, info, debug, trace, or a number from 0 (off) to 5", LogLevel::of);

  private static @Nullable LogLevel of(JsonNode data) {
    Integer number = StandardFormats.INTEGER.reader().apply(data);
    if (number == null) {
      return StandardFormats.constant(LogLevel.class).reader().apply(data);
    }
    return number >= 0 && number < values().length ? values()[number] : null;
  }
}
