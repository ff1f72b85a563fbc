// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** Events of a server for other backends. */
@NullMarked
module io.socketcluster.webhooks {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires java.net.http;
  requires transitive io.socketcluster.server;

  exports io.socketcluster.webhooks;
}
