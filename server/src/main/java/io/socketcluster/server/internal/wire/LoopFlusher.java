// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.wire;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * Flushes the connections of one event loop that have been written to, each once for a turn of the
 * loop: what was written while the loop read from many sockets leaves in one system call for each.
 * Event loop only.
 */
public final class LoopFlusher {
  private final EventLoop loop;
  private List<ChannelWire> dirty = new ArrayList<>();
  private List<ChannelWire> flushing = new ArrayList<>();
  private boolean scheduled;

  public LoopFlusher(EventLoop loop) {
    this.loop = loop;
  }

  void add(ChannelWire connection) {
    dirty.add(connection);
    if (!scheduled) {
      scheduled = true;
      loop.execute(this::flush); // tasks run after the reads of this turn
    }
  }

  private void flush() {
    scheduled = false;
    List<ChannelWire> batch = dirty;
    dirty = flushing;
    flushing = batch;
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).flush();
    }
    batch.clear();
  }
}
