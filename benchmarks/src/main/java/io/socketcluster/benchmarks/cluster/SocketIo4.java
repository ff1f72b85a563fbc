// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.cluster;

import io.socketcluster.benchmarks.load.LoadClient;
import io.socketcluster.benchmarks.load.Wire;
import java.io.IOException;

/** A client of Socket.IO 4 over WebSocket. */
record SocketIo4(Wire wire) implements LoadClient {
  @Override
  public void open() throws IOException {
    wire.upgrade("/socket.io/?EIO=4&transport=websocket");
    wire.frame();
    wire.sendFrame("40");
    while (!wire.frame().startsWith("40")) {
      wire.sendFrame("3"); // it was a ping
    }
  }

  @Override
  public int await() throws IOException {
    String frame = wire.frame();
    if (frame.equals("2")) {
      wire.sendFrame("3");
      return 0;
    }
    return frame.startsWith("42") ? 1 : 0;
  }
}
