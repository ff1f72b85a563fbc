// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** Consumable streams and their demux: many writers, many consumers, one linked list. */
@NullMarked
module io.socketcluster.stream {
  requires static transitive org.jspecify;

  exports io.socketcluster.stream;
}
