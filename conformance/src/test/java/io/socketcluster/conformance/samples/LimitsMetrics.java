// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.HandshakeRefusal;
import io.socketcluster.server.ServerObserver;
import java.net.InetAddress;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

final class LimitsMetrics implements ServerObserver {
  private final LongAdder dropped = new LongAdder();
  private final LongAdder refused = new LongAdder();

  @Override
  public void publishDropped(AGServerSocket socket, int bytes) {
    dropped.increment();
  }

  @Override
  public void handshakeRefused(HandshakeRefusal why, @Nullable InetAddress clientAddress) {
    refused.increment();
  }

  long dropped() {
    return dropped.sum();
  }

  long refused() {
    return refused.sum();
  }
}
