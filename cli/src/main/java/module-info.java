// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** The command {@code socketcluster}. */
@NullMarked
module io.socketcluster.cli {
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.workers;
  requires info.picocli;
  requires io.socketcluster.client;
  requires java.compiler;
  requires java.net.http;
  requires org.slf4j;

  exports io.socketcluster.cli;

  opens io.socketcluster.cli.internal to
      info.picocli;
  opens io.socketcluster.cli.internal.config to
      info.picocli;
  opens io.socketcluster.cli.internal.create to
      info.picocli;
  opens io.socketcluster.cli.internal.run to
      info.picocli;
}
