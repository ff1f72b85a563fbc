// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** Packets, their codec, errors on the wire and close codes: no thread, no clock, no network. */
@NullMarked
module io.socketcluster.protocol {
  requires static transitive org.jspecify;
  requires transitive tools.jackson.databind;

  exports io.socketcluster.protocol;
  exports io.socketcluster.protocol.errors;
}
