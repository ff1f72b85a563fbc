// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** An HTTP API for other backends. */
@NullMarked
module io.socketcluster.http.api {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.server;

  exports io.socketcluster.http.api;
}
