// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import static java.util.Objects.requireNonNull;

import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.server.internal.outbound.SharedFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client, an event loop and the histories of two servers, of which each step may come at any
 * time. The histories are the real ones. The steps of {@code CatchUp} are taken one by one, so that
 * others come in between; a loop does not deliver while a page is on its way from the history to
 * the members.
 */
final class RecoveryModel {
  private static final ChannelPolicy POLICY = ChannelPolicy.history(3, Duration.ofDays(1));
  private static final Payload MARK = Payload.of("mark");
  private static final int ONE_MESSAGE = 1;
  private static final String GAP = "gap";

  /** What may happen next. */
  enum Action {
    PUBLISH,
    LOSE_AT_BROKER,
    STEP_OF_SUBSCRIPTION,
    DELIVER,
    READ,
    CUT,
    RESTART
  }

  /** What the protocol could have done wrong. */
  enum Flaw {
    NONE,
    /** The mailbox is marked after the history has been left. */
    MARK_OUTSIDE_OF_THE_LOCK,
    /** The mailbox is not emptied before the newcomer is a member. */
    NO_DELIVERY_TO_THE_MARK,
    /** A first subscription is told no position. */
    NO_START,
    /** What is not kept any more is not told. */
    NO_GAP
  }

  private enum Stage {
    OFFLINE,
    FOUND,
    PAGE_READ,
    MARKED,
    DELIVERED,
    MEMBER
  }

  /** Accepts what a history passes on, as the mailbox of an event loop does. */
  private final class Mailbox implements ChannelHistory.Follower {
    private final Deque<Payload> posted = new ArrayDeque<>();

    @Override
    public void deliver(ChannelMessage enveloped, Kept kept, SharedFrame.Envelope envelope) {
      posted.add(enveloped.data() == null ? MARK : enveloped.data());
    }

    @Override
    public void deliverNote(Payload note) {
      posted.add(note);
    }

    void deliverNext() {
      send(posted.remove());
    }

    private void send(Payload next) {
      if (stage == Stage.MEMBER) {
        tell(next);
      }
    }

    @SuppressWarnings("ReferenceEquality") // the mark is no message
    void deliverToMark() {
      Payload next = posted.remove();
      while (next != MARK) {
        send(next);
        next = posted.remove();
      }
    }
  }

  private final Flaw flaw;
  private final List<String> shown = new ArrayList<>();
  private final Deque<Sent> line = new ArrayDeque<>();
  private Mailbox mailbox = new Mailbox();
  private ChannelHistory history;
  private Stage stage = Stage.OFFLINE;
  private @Nullable Place place;
  private @Nullable Page page;
  private @Nullable String epoch;
  private long position = -1;
  private int published;
  private int promisedAfter = Integer.MAX_VALUE - 1; // the first subscription is not confirmed yet

  /**
   * On its way to the client.
   *
   * @param message null for the answer to the subscription
   * @param published what had been published then
   */
  private record Sent(@Nullable Payload message, int published) {}

  RecoveryModel(Flaw flaw) {
    this.flaw = flaw;
    this.history = newHistory();
  }

  private ChannelHistory newHistory() {
    Rule rule = Rule.of("room", POLICY);
    ChannelHistory created = new ChannelHistory("room", rule, () -> 0, false, failure -> {});
    mailbox = new Mailbox();
    created.attach(mailbox);
    return created;
  }

  /** The client has subscribed and was told so, and is cut off. */
  void subscribeOnce() {
    while (stage != Stage.MEMBER) {
      subscribe();
    }
    while (!line.isEmpty()) {
      read(line.remove());
    }
    cut();
  }

  List<Action> possible() {
    List<Action> possible = new ArrayList<>(List.of(Action.PUBLISH));
    boolean isBetweenTasks = stage != Stage.PAGE_READ && stage.compareTo(Stage.MARKED) < 0;
    if (stage != Stage.MEMBER) {
      possible.add(Action.STEP_OF_SUBSCRIPTION);
    }
    if ((isBetweenTasks || stage == Stage.MEMBER) && !mailbox.posted.isEmpty()) {
      possible.add(Action.DELIVER);
    }
    if (!line.isEmpty()) {
      possible.add(Action.READ);
    }
    if (stage == Stage.MEMBER || stage == Stage.FOUND) {
      possible.add(Action.CUT);
      possible.add(Action.RESTART);
      possible.add(Action.LOSE_AT_BROKER);
    }
    return possible;
  }

  void take(Action action) {
    switch (action) {
      case PUBLISH -> history.deliver(new ChannelMessage("room", Payload.of(++published)));
      case LOSE_AT_BROKER -> {
        published++;
        history.gap();
      }
      case STEP_OF_SUBSCRIPTION -> subscribe();
      case DELIVER -> mailbox.deliverNext();
      case READ -> read(line.remove());
      case CUT -> cut();
      case RESTART -> {
        cut();
        history = newHistory();
      }
    }
  }

  private void cut() {
    stage = Stage.OFFLINE;
    page = null;
    line.clear();
  }

  /** Takes the next step of {@code CatchUp}. */
  private void subscribe() {
    switch (stage) {
      case OFFLINE -> {
        Place found = requireNonNull(history.find(new Recovery(epoch, position, 0)));
        place = found;
        tell(flaw == Flaw.NO_START && epoch == null ? null : found.note());
        stage = Stage.FOUND;
      }
      case FOUND -> {
        boolean isMarked = flaw != Flaw.MARK_OUTSIDE_OF_THE_LOCK;
        page = history.after(requireNonNull(place), ONE_MESSAGE, isMarked ? this::mark : () -> {});
        stage = isMarked ? Stage.MARKED : Stage.PAGE_READ;
      }
      case PAGE_READ -> {
        if (page != null && page.isLast()) {
          mark();
        }
        stage = Stage.MARKED;
      }
      case MARKED -> {
        if (page != null && page.isLast() && flaw != Flaw.NO_DELIVERY_TO_THE_MARK) {
          mailbox.deliverToMark();
        }
        stage = Stage.DELIVERED;
      }
      case DELIVERED -> sendPage();
      case MEMBER -> {}
    }
  }

  private void mark() {
    if (flaw != Flaw.NO_DELIVERY_TO_THE_MARK) {
      mailbox.posted.add(MARK);
    }
  }

  private void sendPage() {
    if (page == null) {
      return;
    }
    tell(flaw == Flaw.NO_GAP ? null : page.note());
    for (Kept each : page.messages()) {
      tell(each.isGap() ? page.noteOf(each) : page.around(each, each.data()));
    }
    place = page.through();
    stage = Stage.FOUND;
    if (page.isLast()) {
      stage = Stage.MEMBER;
      line.add(new Sent(null, published));
    }
  }

  private void tell(@Nullable Payload message) {
    if (message != null) {
      line.add(new Sent(message, published));
    }
  }

  /** What an application does with the stock client, but without its check for doubles. */
  private void read(Sent sent) {
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
    while (stage != Stage.MEMBER) {
      subscribe();
    }
    while (!mailbox.posted.isEmpty()) {
      mailbox.deliverNext();
    }
    while (!line.isEmpty()) {
      read(line.remove());
    }
    return problem();
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
