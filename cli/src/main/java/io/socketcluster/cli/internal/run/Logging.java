// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.run;

import io.socketcluster.workers.WorkersOptions;

/** The log of slf4j-simple, which an application may replace with another library. */
final class Logging {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logging() {}

  /** Sets the level, before anything is logged; a system property wins. */
  static void configure(WorkersOptions options) {
    set("defaultLogLevel", options.logLevel());
    set("showDateTime", "true");
    set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    set("showShortLogName", "true");
  }

  private static void set(String name, String value) {
    if (System.getProperty(PREFIX + name) == null) {
      System.setProperty(PREFIX + name, value);
    }
  }
}
