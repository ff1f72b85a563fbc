// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import io.netty.channel.Channel;

/** Whether a connection is read: anything may stop that, all must agree to it. Event loop only. */
final class ReadSwitch {
  private final Channel channel;
  private boolean isWanted = true;
  private boolean isPaced;
  private boolean isBehind;
  private boolean isClosing;
  private int readWhileClosing;

  ReadSwitch(Channel channel) {
    this.channel = channel;
  }

  void setWanted(boolean wanted) {
    isWanted = wanted;
    apply();
  }

  void setPaced(boolean paced) {
    isPaced = paced;
    apply();
  }

  /** What came waits to be read, or no longer. */
  void setBehind(boolean behind) {
    isBehind = behind;
    apply();
  }

  /** Reads if nothing has stopped that: the channel may have come without. */
  void apply() {
    if (!isClosing) {
      channel.config().setAutoRead(isWanted && !isPaced && !isBehind);
    }
  }

  /** Reads whatever has stopped that: the last frame of the peer has to be seen. */
  void readToTheEnd() {
    isClosing = true;
    channel.config().setAutoRead(true);
  }

  /** The connection has ended, or is about to: nothing switches it any more. */
  void end() {
    isClosing = true;
  }

  /** Reads nothing more. */
  void stop() {
    isClosing = true;
    channel.config().setAutoRead(false);
  }

  /** So many bytes came: of a connection that closes not all are read. */
  void onRead(int bytes) {
    if (isClosing) {
      readWhileClosing += bytes;
      if (readWhileClosing > ClosingTime.READ_LIMIT) {
        channel.config().setAutoRead(false);
      }
    }
  }
}
