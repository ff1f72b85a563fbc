// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** Servers, clients and faults as parameters of tests. */
@NullMarked
module io.socketcluster.test {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.client;
  requires transitive io.socketcluster.server;
  requires transitive io.socketcluster.testkit;
  requires transitive org.junit.jupiter.api;

  exports io.socketcluster.test;
}
