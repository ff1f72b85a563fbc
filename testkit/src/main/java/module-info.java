// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** Raw peers, a relay with faults, certificates and a leak gate for tests. */
@NullMarked
module io.socketcluster.testkit {
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.protocol;
  requires transitive org.junit.jupiter.api;
  requires io.netty.buffer;
  requires io.netty.common;

  exports io.socketcluster.testkit;
}
