// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** The tests that every store must pass, as a class to extend. */
@NullMarked
open module io.socketcluster.store.testkit {
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.store;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;
  requires awaitility;

  exports io.socketcluster.store.testkit;
}
