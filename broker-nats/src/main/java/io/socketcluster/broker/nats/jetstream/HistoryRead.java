// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import io.nats.client.Message;
import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.broker.history.HistoryStart;
import io.socketcluster.broker.history.KeptMessage;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.BrokerError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page of the history of a channel. JetStream tells no reader that messages are missing:
 * it begins with the first that is left. Therefore the heads of all messages of the channel are
 * read first, and compared with the last message that the leader of the stream has.
 */
final class HistoryRead {
  private final StreamRequests requests;
  private final StreamFetches fetches;
  private final Places places;
  private final HistoryStream stream;
  private final HistoryRequest request;
  private final String subject;

  HistoryRead(
      StreamRequests requests,
      StreamFetches fetches,
      Places places,
      HistoryStream stream,
      HistoryRequest request,
      String subject) {
    this.requests = requests;
    this.fetches = fetches;
    this.places = places;
    this.stream = stream;
    this.request = request;
    this.subject = subject;
  }

  CompletableFuture<HistoryPage> page() {
    return last().thenCompose(last -> last.isEmpty() ? behindAPlace() : upTo(last.get()));
  }

  private CompletableFuture<Optional<Entry>> last() {
    return stored(Map.of("last_by_subj", subject));
  }

  /** Returns the head of a message, or nothing if the stream does not have it. */
  private CompletableFuture<Optional<Entry>> stored(Map<String, ?> which) {
    return requests
        .ask("STREAM.MSG.GET." + stream.name(), which)
        .thenApply(answer -> Optional.of(Entry.of(answer, stream.run())))
        .exceptionallyCompose(
            failure ->
                StreamRequests.cause(failure) instanceof StreamRefusal refusal
                        && refusal.is(StreamRefusal.NO_MESSAGE)
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : CompletableFuture.failedFuture(failure));
  }

  private boolean isOfThisEpoch() {
    return stream.epoch().equals(request.start().epoch());
  }

  /** Looks again: a message may have come before the place. */
  private CompletableFuture<HistoryPage> behindAPlace() {
    return places
        .newest(stream)
        .thenCompose(
            place ->
                last().thenCompose(last -> last.isEmpty() ? ofNothing(place) : upTo(last.get())));
  }

  private CompletableFuture<HistoryPage> ofNothing(long place) {
    long end = stream.run().offset(place);
    return isAtPlace()
        .thenApply(
            isKept -> {
              long after = isKept ? request.start().offset() : end;
              return new HistoryPage(stream.epoch(), after, List.of(), end, end);
            });
  }

  private HistoryPage end(long offset) {
    return new HistoryPage(stream.epoch(), offset, List.of(), offset, offset);
  }

  /** Returns whether the start is a number that is still in the stream. */
  private CompletableFuture<Boolean> isAtPlace() {
    long sequence = request.start().offset() - stream.run().base();
    return isOfThisEpoch() && sequence > 0
        ? stored(Map.of("seq", sequence)).thenApply(Optional::isPresent)
        : CompletableFuture.completedFuture(false);
  }

  private CompletableFuture<HistoryPage> upTo(Entry last) {
    long end = withGap(List.of(last)).getLast().offset();
    HistoryStart start = request.start();
    boolean isAtEnd =
        start.epoch() == null ? start.newest() <= 0 : isOfThisEpoch() && start.offset() == end;
    if (isAtEnd) {
      return CompletableFuture.completedFuture(end(end));
    }
    return fetches.heads(stream, subject).thenCompose(heads -> from(entries(heads, last)));
  }

  private List<Entry> entries(List<Message> heads, Entry last) {
    byte[] empty = new ClusterMessage(request.channel(), Payload.of(0)).toBytes();
    List<Entry> entries = new ArrayList<>(heads.size());
    Run run = stream.run();
    for (Message head : heads) {
      Entry entry = Entry.of(head, run, empty.length - 1L);
      entries.add(entry);
      run = entry.run();
    }
    if (entries.isEmpty() || entries.getLast().sequence() < last.sequence()) {
      throw new BrokerError("A server of the NATS cluster is behind the leader of a history");
    }
    return withGap(entries);
  }

  /** Adds what may have been lost between two runs. */
  private List<Entry> withGap(List<Entry> entries) {
    List<Entry> all = new ArrayList<>(entries.size() + 1);
    for (Entry each : entries) {
      if (!all.isEmpty() && !all.getLast().run().equals(each.run())) {
        all.add(Entry.gap(each.run(), each.at()));
      }
      all.add(each);
    }
    Entry last = entries.getLast();
    if (stream.run().base() > last.run().base()) {
      all.add(Entry.gap(stream.run(), last.at()));
    }
    return all;
  }

  private CompletableFuture<HistoryPage> from(List<Entry> all) {
    HistoryStart start = request.start();
    long end = all.getLast().offset();
    if (start.epoch() == null) {
      return filled(all, start, false);
    }
    if (!isOfThisEpoch() || start.offset() > end) {
      return filled(all, HistoryStart.after(stream.epoch(), -1), false);
    }
    if (start.offset() >= all.getFirst().offset() - 1) {
      return filled(all, start, true);
    }
    return all.size() < stream.size()
        ? isAtPlace().thenCompose(isKept -> filled(all, start, isKept))
        : filled(all, start, false);
  }

  private CompletableFuture<HistoryPage> filled(
      List<Entry> all, HistoryStart start, boolean isKnown) {
    Selection selection =
        Selection.of(all, start, isKnown, request.bounds(), request.byteLimit(), Instant.now());
    long end = all.getLast().offset();
    List<Entry> stored = selection.chosen().stream().filter(each -> !each.isGap()).toList();
    if (stored.isEmpty()) {
      return CompletableFuture.completedFuture(pageOf(selection, Map.of(), end));
    }
    return fetches
        .messages(stream, subject, stored.getFirst().sequence(), stored.size())
        .thenApply(messages -> pageOf(selection, bySequence(messages), end));
  }

  private static Map<Long, Message> bySequence(List<Message> messages) {
    Map<Long, Message> found = HashMap.newHashMap(messages.size());
    messages.forEach(each -> found.put(each.metaData().streamSequence(), each));
    return found;
  }

  private HistoryPage pageOf(Selection selection, Map<Long, Message> messages, long end) {
    List<KeptMessage> kept = new ArrayList<>();
    long after = selection.after();
    for (Entry each : selection.chosen()) {
      Message message = messages.get(each.sequence());
      if (each.isGap() || message != null) {
        kept.add(keptOf(each, message));
      } else { // dropped since its head was read, with all before
        kept.clear();
        after = each.offset();
      }
    }
    long through = kept.isEmpty() ? after : kept.getLast().offset();
    return new HistoryPage(stream.epoch(), after, kept, through, Math.max(through, end));
  }

  /** A stored message of another program, which no engine can read, stands for a loss. */
  private KeptMessage keptOf(Entry entry, @Nullable Message message) {
    ClusterMessage kept =
        entry.isGap() || message == null ? null : ClusterMessage.of(message.getData());
    return kept == null || !kept.channel().equals(request.channel())
        ? new KeptMessage(entry.offset(), null, true)
        : new KeptMessage(entry.offset(), kept.data(), false);
  }
}
