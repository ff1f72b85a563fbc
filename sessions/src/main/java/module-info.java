// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** Sessions: data and events of all sockets that share an id. */
@NullMarked
module io.socketcluster.sessions {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.server;
  requires transitive io.socketcluster.store;

  exports io.socketcluster.sessions;
}
