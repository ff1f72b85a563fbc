// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import static java.util.Objects.requireNonNull;

import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.broker.history.HistoryBounds;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.server.channels.ChannelPolicy.HistoryStore;
import io.socketcluster.server.internal.outbound.SharedFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client that moves between two servers, whose channel a broker keeps, and everything that may be
 * late, lost, trimmed or forgotten. The histories of the servers are the real ones; the client
 * takes the steps of {@code CatchUp}.
 */
final class BrokerRecoveryModel {
  private static final int KEPT = 4;
  private static final int MOST_OTHERS = 4;
  private static final String GAP = "gap";
  private static final Payload MARK = Payload.of("mark");
  private static final int ROUNDS_TO_HEAL = 1_000;

  /** The faults around the histories. */
  enum Flaw {
    NONE,
    /** Nobody is told that a connection is back. */
    NO_END_OF_A_GAP,
    /** A broker that has forgotten everything gives the same offsets again. */
    SAME_EPOCH,
    /** A broker that has forgotten its newest message gives the same offset again. */
    SAME_OFFSET
  }

  /** The way in which a broker numbers the messages of a channel. */
  enum Numbers {
    /** One by one. */
    DENSE,
    /** Together with those of other channels. */
    SPARSE
  }

  /** A server, with its connection to the broker. */
  private final class Server implements ChannelHistory.Follower {
    private final BrokerModel.Line line = broker.connect();
    private final Deque<Payload> mailbox = new ArrayDeque<>();
    private final ChannelHistory history;
    private final BrokerHistory source;

    Server() {
      Rule rule = Rule.of("room", POLICY);
      history = new ChannelHistory("room", rule, () -> 0, true, failure -> {});
      source = new BrokerHistory(history, broker.on(line), rule.bounds(), failure -> {});
      history.comesFrom(source);
      history.attach(this);
    }

    @Override
    public void deliver(ChannelMessage enveloped, Kept kept, SharedFrame.Envelope envelope) {
      mailbox.add(requireNonNull(enveloped.data()));
    }

    @Override
    public void deliverNote(Payload note) {
      mailbox.add(note);
    }

    void cut() {
      line.cut();
      source.gapBegins();
    }

    void mend() {
      line.mend();
      if (flaw != Flaw.NO_END_OF_A_GAP) {
        source.gapEnds();
      }
    }

    private void send(Payload next) {
      if (isMember && at == this) {
        tell(next);
      }
    }

    @SuppressWarnings("ReferenceEquality") // the mark is no message
    void deliverToMark() {
      Payload next = mailbox.remove();
      while (next != MARK) {
        send(next);
        next = mailbox.remove();
      }
    }
  }

  private static final ChannelPolicy POLICY =
      ChannelPolicy.builder()
          .historySize(KEPT)
          .historyAge(Duration.ofDays(1))
          .historyStore(HistoryStore.BROKER)
          .build();
  private static final HistoryBounds BOUNDS = Rule.of("room", POLICY).bounds();

  private final Flaw flaw;
  private final Random random;
  private final BrokerModel broker;
  private final List<Server> servers = new ArrayList<>();
  private final Deque<Sent> toClient = new ArrayDeque<>();
  private final List<String> shown = new ArrayList<>();
  private @Nullable Server at;
  private @Nullable Place place;
  private Recovery first = Recovery.FROM_NOW;
  private boolean isMember;
  private boolean isWaiting; // for the broker
  private int connections; // of the client until now
  private @Nullable String epoch;
  private long position = -1;
  private int published;
  private int promisedAfter = Integer.MAX_VALUE - 1;

  /**
   * On its way to the client.
   *
   * @param message null for the answer to the subscription
   */
  private record Sent(@Nullable Payload message, int published) {}

  BrokerRecoveryModel(Numbers numbers, Flaw flaw, long seed) {
    this.flaw = flaw;
    this.random = new Random(seed);
    this.broker =
        new BrokerModel(KEPT, () -> numbers == Numbers.DENSE ? 0 : random.nextInt(MOST_OTHERS));
    servers.add(new Server());
    servers.add(new Server());
  }

  void step() {
    Server server = servers.get(random.nextInt(servers.size()));
    switch (random.nextInt(24)) {
      case 0, 1, 2, 3 -> broker.publish("room", Payload.of(++published), BOUNDS);
      case 4, 5, 6, 7 -> receive(server);
      case 8, 9, 10, 11 -> answer(server);
      case 12, 13, 14 -> subscribe(server);
      case 15, 16 -> post(server);
      case 17, 18 -> read();
      case 19 -> toggle(server);
      case 20 -> server.source.retry();
      case 21 -> rarely(this::disconnect);
      case 22 -> rarely(() -> server.history.relieve());
      default -> rarely(this::harm);
    }
  }

  private void rarely(Runnable action) {
    if (random.nextInt(4) == 0) {
      action.run();
    }
  }

  private void harm() {
    int harm = random.nextInt(3);
    if (harm == 0) {
      int index = random.nextInt(servers.size());
      if (at == servers.get(index)) {
        disconnect();
      }
      servers.get(index).line.cut();
      servers.set(index, new Server());
      return;
    }
    servers.forEach(Server::cut); // a broker that forgets ends its connections
    if (harm == 1) {
      broker.forget(flaw != Flaw.SAME_EPOCH);
    } else {
      broker.loseTheNewest(flaw != Flaw.SAME_OFFSET);
    }
  }

  private static void receive(Server server) {
    if (server.line.hasMessage()) {
      server.source.deliver(server.line.nextMessage());
    }
  }

  private static void answer(Server server) {
    if (server.line.hasAnswer()) {
      server.line.answerNext();
    }
  }

  private static void toggle(Server server) {
    if (server.line.isCut()) {
      server.mend();
    } else {
      server.cut();
    }
  }

  private static void post(Server server) {
    if (!server.mailbox.isEmpty()) {
      server.send(server.mailbox.remove());
    }
  }

  private void disconnect() {
    at = null;
    place = null;
    isMember = false;
    isWaiting = false;
    connections++;
    toClient.clear();
  }

  private void subscribe(Server chosen) {
    if (at == null) {
      at = chosen;
      first = new Recovery(epoch, position, 0);
      place = chosen.history.find(first);
      tell(place == null ? null : place.note());
    } else if (!isMember && !isWaiting) {
      sendPage(at);
    }
  }

  private void sendPage(Server server) {
    Place reached = place;
    Page page =
        reached == null ? null : server.history.after(reached, 1, () -> server.mailbox.add(MARK));
    if (page == null) {
      ask(server, reached == null ? first : new Recovery(reached.epoch(), reached.offset(), 0));
      return;
    }
    if (page.isLast()) {
      server.deliverToMark();
    }
    send(page);
    if (page.isLast()) {
      isMember = true;
      toClient.add(new Sent(null, published));
    }
  }

  private void ask(Server server, Recovery asked) {
    isWaiting = true;
    int asking = connections;
    server
        .source
        .read(asked, 1)
        .exceptionally(failure -> Optional.empty())
        .thenAccept(
            page -> {
              if (asking == connections) {
                isWaiting = false;
                page.ifPresent(this::send);
              }
            });
  }

  private void send(Page page) {
    tell(page.note());
    page.messages()
        .forEach(each -> tell(each.isGap() ? page.noteOf(each) : page.around(each, each.data())));
    place = page.through();
  }

  private void tell(@Nullable Payload message) {
    if (message != null) {
      toClient.add(new Sent(message, published));
    }
  }

  /** An application with the stock client, but without its check for doubles. */
  private void read() {
    Sent sent = toClient.poll();
    if (sent == null) {
      return;
    }
    if (sent.message() == null) {
      promisedAfter = Math.min(promisedAfter, sent.published());
      return;
    }
    JsonNode message = sent.message().node();
    epoch = message.path("epoch").stringValue("");
    position = message.path("offset").longValue();
    if (message.has("gap")) {
      shown.add(GAP);
    } else if (message.has("data")) {
      shown.add(message.path("data").toString());
    }
  }

  /** Lets everything come to its end; returns what the client was shown wrongly, or null. */
  @Nullable String problemAfterHealing() {
    servers.stream().filter(each -> each.line.isCut()).forEach(Server::mend);
    for (int i = 0; i < ROUNDS_TO_HEAL; i++) {
      subscribe(servers.getFirst());
      servers.forEach(
          each -> {
            receive(each);
            answer(each);
            each.source.retry();
            post(each);
          });
      read();
    }
    return isMember ? problem() : "The client waits for ever";
  }

  private @Nullable String problem() {
    List<Integer> numbers =
        shown.stream().filter(each -> !each.equals(GAP)).map(Integer::valueOf).toList();
    for (int i = 1; i < numbers.size(); i++) {
      if (numbers.get(i) <= numbers.get(i - 1)) {
        return "Doubled or out of order: " + shown;
      }
    }
    for (int each = promisedAfter + 1; each <= published; each++) {
      if (!numbers.contains(each) && !isBehindAGap(each)) {
        return each + " is missing in silence: " + shown + " of " + published;
      }
    }
    return null;
  }

  /** Returns whether a gap was told behind the last message before this one. */
  private boolean isBehindAGap(int missing) {
    int before = -1;
    for (int i = 0; i < shown.size(); i++) {
      if (!shown.get(i).equals(GAP) && Integer.parseInt(shown.get(i)) < missing) {
        before = i;
      }
    }
    return shown.subList(before + 1, shown.size()).contains(GAP);
  }
}
