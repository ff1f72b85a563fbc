// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The messages that the clients of a cluster have sent and received, and the gaps that they were
 * told. Times are milliseconds of one clock: all clients and servers are on one machine.
 * Thread-safe.
 */
final class TrafficLedger {
  /** The greatest age, in milliseconds, of messages that a dying server had not handed on. */
  private static final long ON_THE_WAY = 5_000;

  static final long LASTING = Long.MAX_VALUE;

  private final Map<Publish, Sent> sent = new HashMap<>();
  private final Map<Listening, Received> received = new HashMap<>();
  private final Map<String, List<Interval>> gaps = new HashMap<>();
  private final Map<String, Integer> gapsTold = new HashMap<>();
  private final Map<Listening, List<Interval>> deaf = new HashMap<>();
  private long delivered;
  private long doubled;
  private long outOfOrder;
  private long failed;

  /** One message: the numbers of a publisher count up in each channel. */
  record Publish(String channel, String publisher, int number) {}

  /** A client in a channel. */
  record Listening(String client, String channel) {}

  private record Sent(long at, long acknowledgedAt) {}

  /** Both ends belong to it. */
  private record Interval(long since, long until) {
    boolean touches(Sent sent) {
      return sent.acknowledgedAt() >= since && sent.at() <= until;
    }
  }

  private static final class Received {
    private long since = Long.MAX_VALUE;
    private final Set<Publish> messages = new HashSet<>();
    private final Map<String, Integer> last = new HashMap<>();
  }

  /** The sums, and the messages that are missing without an explanation. */
  record Verdict(
      long sent,
      long acknowledged,
      long delivered,
      long lostInGaps,
      List<String> lost,
      long doubled,
      long outOfOrder) {
    boolean isClean() {
      return lost.isEmpty() && doubled == 0 && outOfOrder == 0;
    }

    @Override
    public String toString() {
      return "sent %d, acknowledged %d, delivered %d, lost in announced gaps %d, lost otherwise %d, doubled %d, out of order %d"
          .formatted(sent, acknowledged, delivered, lostInGaps, lost.size(), doubled, outOfOrder);
    }
  }

  synchronized void acknowledged(Publish publish, long at, long now) {
    sent.put(publish, new Sent(at, now));
  }

  synchronized void failed() {
    failed++;
  }

  /** A client receives a channel, for the first time or again. */
  synchronized void listens(Listening where, long now) {
    Received here = received.computeIfAbsent(where, key -> new Received());
    here.since = Math.min(here.since, now);
    List<Interval> intervals = deaf.get(where);
    if (intervals != null && intervals.getLast().until() == LASTING) {
      intervals.add(new Interval(intervals.removeLast().since(), now));
    }
  }

  /** A client has lost its connection: it will not be told about the end of a gap. */
  synchronized void disconnected(String client, long now) {
    gaps.computeIfAbsent(client, key -> new ArrayList<>())
        .replaceAll(gap -> gap.until() == LASTING ? new Interval(gap.since(), now) : gap);
    received.keySet().stream()
        .filter(where -> where.client().equals(client))
        .forEach(where -> endsListening(where, now));
  }

  private void endsListening(Listening where, long now) {
    List<Interval> intervals = deaf.computeIfAbsent(where, key -> new ArrayList<>());
    if (intervals.isEmpty() || intervals.getLast().until() != LASTING) {
      intervals.add(new Interval(now - ON_THE_WAY, LASTING));
    }
  }

  /** A client was told about a gap: when it begins, without an end, and when it is over. */
  synchronized void gap(String client, long since, long until) {
    gapsTold.merge(client, 1, Integer::sum);
    List<Interval> known = gaps.computeIfAbsent(client, key -> new ArrayList<>());
    known.remove(new Interval(since, LASTING));
    known.add(new Interval(since, until));
  }

  synchronized void received(String client, Publish publish) {
    delivered++;
    Received here =
        received.computeIfAbsent(new Listening(client, publish.channel()), key -> new Received());
    if (!here.messages.add(publish)) {
      doubled++;
      return;
    }
    Integer before = here.last.put(publish.publisher(), publish.number());
    if (before != null && before > publish.number()) {
      outOfOrder++;
    }
  }

  synchronized int gapsToldTo(String client) {
    return gapsTold.getOrDefault(client, 0);
  }

  synchronized long failures() {
    return failed;
  }

  synchronized Verdict verdict() {
    long lostInGaps = 0;
    List<String> lost = new ArrayList<>();
    Map<String, List<Map.Entry<Publish, Sent>>> byChannel =
        sent.entrySet().stream().collect(Collectors.groupingBy(each -> each.getKey().channel()));
    for (Map.Entry<Listening, Received> each : received.entrySet()) {
      Listening where = each.getKey();
      for (Map.Entry<Publish, Sent> message : byChannel.getOrDefault(where.channel(), List.of())) {
        boolean isMissing =
            message.getValue().at() > each.getValue().since
                && !each.getValue().messages.contains(message.getKey());
        if (isMissing && isExplained(where, message.getValue())) {
          lostInGaps++;
        } else if (isMissing) {
          lost.add(where + " lacks " + message);
        }
      }
    }
    return new Verdict(
        sent.size() + failed, sent.size(), delivered, lostInGaps, lost, doubled, outOfOrder);
  }

  private boolean isExplained(Listening where, Sent message) {
    return gaps.getOrDefault(where.client(), List.of()).stream().anyMatch(it -> it.touches(message))
        || deaf.getOrDefault(where, List.of()).stream().anyMatch(it -> it.touches(message));
  }
}
