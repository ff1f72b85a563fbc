// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** The shared store: its verbs, the embedded store, and the port for other stores. */
@NullMarked
@SuppressWarnings("module") // the module above, which is compiled later
module io.socketcluster.store {
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.core;

  exports io.socketcluster.store;
  exports io.socketcluster.store.spi;
  exports io.socketcluster.store.internal to
      io.socketcluster.workers;
}
