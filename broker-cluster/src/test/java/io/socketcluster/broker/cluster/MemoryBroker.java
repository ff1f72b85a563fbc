// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import io.socketcluster.protocol.errors.BrokerError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/** A broker in this process that can be cut off, and that can refuse. Thread-safe. */
final class MemoryBroker implements BrokerConnector {
  private final Set<Link> links = new CopyOnWriteArraySet<>();
  private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
  private volatile @Nullable String unreachable;
  private volatile boolean silent;
  private volatile boolean broken;

  /** One connection. */
  private final class Link implements BrokerConnection {
    private final ConnectionEvents events;
    private final Set<String> channels = ConcurrentHashMap.newKeySet();

    Link(ConnectionEvents events) {
      this.events = events;
    }

    @Override
    public Map<String, BrokerError> subscribe(Collection<String> asked) throws IOException {
      check();
      Map<String, BrokerError> refused = new HashMap<>();
      for (String channel : asked) {
        if (forbidden.contains(channel)) {
          refused.put(channel, new BrokerError("forbidden: " + channel));
        } else {
          channels.add(channel);
        }
      }
      return refused;
    }

    @Override
    public void unsubscribe(Collection<String> asked) throws IOException {
      check();
      channels.removeAll(asked);
    }

    @Override
    public Map<Integer, BrokerError> publish(List<ClusterMessage> messages) throws IOException {
      check();
      Map<Integer, BrokerError> refused = new HashMap<>();
      for (int i = 0; i < messages.size(); i++) {
        if (forbidden.contains(messages.get(i).channel())) {
          refused.put(i, new BrokerError("forbidden: " + messages.get(i).channel()));
        } else {
          send(messages.get(i));
        }
      }
      return refused;
    }

    @Override
    public void check() throws IOException {
      if (silent || !links.contains(this)) {
        throw new IOException("no answer");
      }
    }

    @SuppressWarnings("ReferenceEquality") // no echo
    private void send(ClusterMessage message) {
      byte[] bytes = message.toBytes();
      synchronized (MemoryBroker.this) {
        for (Link each : links) {
          if (each != this && each.channels.contains(message.channel())) {
            receive(each, bytes);
          }
        }
      }
    }

    @Override
    public void close() {
      links.remove(this);
    }
  }

  private static void receive(Link link, byte[] bytes) {
    ClusterMessage message = ClusterMessage.of(bytes);
    if (message == null) {
      link.events.receivedForeign();
    } else {
      link.events.received(message);
    }
  }

  @Override
  public String description() {
    return "memory";
  }

  @Override
  public BrokerConnection connect(ConnectionEvents events) throws IOException {
    if (broken) {
      throw new LinkageError("a class of the client library is missing");
    }
    String reason = unreachable;
    if (reason != null) {
      throw new IOException(reason);
    }
    Link link = new Link(events);
    links.add(link);
    return link;
  }

  /** Loses all connections, and accepts none until {@link #comeBack}. */
  void goAway(String reason) {
    unreachable = reason;
    List<Link> lost = new ArrayList<>(links);
    links.clear();
    lost.forEach(each -> each.events.lost(new IOException(reason)));
  }

  /** As {@link #goAway} and {@link #comeBack}; returns what tells of the losses once more. */
  Runnable replaceConnections() {
    List<Link> lost = new ArrayList<>(links);
    goAway("replaced");
    comeBack();
    return () -> lost.forEach(each -> each.events.lost(new IOException("lost again")));
  }

  void comeBack() {
    unreachable = null;
    silent = false;
    broken = false;
  }

  /** Keeps the connections, and answers nothing any more. */
  void fallSilent(String reason) {
    unreachable = reason;
    silent = true;
  }

  /** The client library cannot connect, and fails with an Error. */
  void breakLibrary() {
    broken = true;
  }

  void forbid(String channel) {
    forbidden.add(channel);
  }

  /** Sends bytes to all that have subscribed to a channel. */
  synchronized void inject(String channel, byte[] bytes) {
    links.stream()
        .filter(each -> each.channels.contains(channel))
        .forEach(each -> receive(each, bytes));
  }

  void drop(String reason) {
    links.forEach(each -> each.events.dropped(reason));
  }

  /** Returns how many connections have subscribed to a channel. */
  long subscribers(String channel) {
    return links.stream().filter(each -> each.channels.contains(channel)).count();
  }
}
