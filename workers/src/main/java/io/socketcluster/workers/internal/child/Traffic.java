// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.child;

import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.ServerObserver;
import java.util.concurrent.atomic.LongAdder;

/** Counts the messages of a worker. Thread-safe. */
public final class Traffic implements ServerObserver {
  private final LongAdder received = new LongAdder();
  private final LongAdder sent = new LongAdder();

  @Override
  public void messageReceived(AGServerSocket socket, int bytes) {
    received.increment();
  }

  @Override
  public void messageSent(AGServerSocket socket, int bytes) {
    sent.increment();
  }

  long received() {
    return received.sum();
  }

  long sent() {
    return sent.sum();
  }
}
