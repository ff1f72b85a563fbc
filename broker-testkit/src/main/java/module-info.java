// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** The tests that every broker engine must pass, as a class to extend. */
@NullMarked
open module io.socketcluster.broker.testkit {
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.broker;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;
  requires transitive awaitility;

  exports io.socketcluster.broker.testkit;
}
