// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.presence;

import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.internal.rules.ReservedNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Tells the subscribers on this server whole rosters again, a part at a time: it may be about every
 * room. One walk over the sockets finds the subscribers, however many channels there are. Not
 * thread-safe.
 */
final class Relisting {
  static final long PART_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  static final int BATCH = 100;

  private final BiConsumer<String, List<AGServerSocket>> teller;
  private final LongSupplier clock;

  /** Of each channel of presence, those who are still to be told. */
  private final LinkedHashMap<String, List<AGServerSocket>> subscribers = new LinkedHashMap<>();

  private Iterator<AGServerSocket> sockets = Collections.emptyIterator();
  private Set<String> channels = Set.of();

  /**
   * @param teller tells some subscribers of a channel of presence who is there
   */
  Relisting(BiConsumer<String, List<AGServerSocket>> teller, LongSupplier clock) {
    this.teller = teller;
    this.clock = clock;
  }

  /** Returns whether there is nothing more to do. */
  boolean isDone() {
    return !sockets.hasNext() && subscribers.isEmpty();
  }

  /** Begins to tell the subscribers of some channels who is there. */
  void begin(Set<String> channelsToList, Iterator<AGServerSocket> allSockets) {
    channels = channelsToList;
    sockets = channels.isEmpty() ? Collections.emptyIterator() : allSockets;
  }

  /** Does a part of it. */
  void goOn() {
    long began = clock.getAsLong();
    while (!isDone() && clock.getAsLong() - began < PART_NANOS) {
      if (sockets.hasNext()) {
        find(sockets.next());
      } else {
        tellSome();
      }
    }
  }

  private void find(AGServerSocket socket) {
    for (String each : socket.subscriptions()) {
      if (each.startsWith(ReservedNames.PRESENCE)
          && channels.contains(ReservedNames.observed(each))) {
        subscribers.computeIfAbsent(each, key -> new ArrayList<>(1)).add(socket);
      }
    }
  }

  private void tellSome() {
    Map.Entry<String, List<AGServerSocket>> first = subscribers.firstEntry();
    List<AGServerSocket> all = first.getValue();
    List<AGServerSocket> last = all.subList(Math.max(0, all.size() - BATCH), all.size());
    List<AGServerSocket> some = List.copyOf(last);
    last.clear();
    if (all.isEmpty()) {
      subscribers.remove(first.getKey());
    }
    teller.accept(first.getKey(), some);
  }
}
