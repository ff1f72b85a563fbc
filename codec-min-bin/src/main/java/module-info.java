// SPDX-License-Identifier: MIT
import org.jspecify.annotations.NullMarked;

/** Packets as MessagePack, in the short form of {@code sc-codec-min-bin}. */
@NullMarked
module io.socketcluster.codec.minbin {
  requires static transitive org.jspecify;
  requires transitive io.socketcluster.protocol;

  exports io.socketcluster.codec.minbin;
}
