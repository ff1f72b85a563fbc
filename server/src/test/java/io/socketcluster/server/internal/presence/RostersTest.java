// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.channels.ChannelRoster;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RostersTest {
  private static final String ROOM = "room";

  private final AtomicLong clock = new AtomicLong();
  private final Rosters here = new Rosters("here", clock::get);
  private final Rosters there = new Rosters("there", clock::get);

  private static void exchange(Rosters from, Rosters to) {
    from.takeShares().forEach(to::heard);
  }

  @Test
  void aRosterHasTheUsersOfAllServers() {
    here.joined(ROOM, "ann");
    there.joined(ROOM, "bob");
    there.joined(ROOM, "");
    exchange(there, here);
    assertThat(here.of(ROOM, 10).users()).containsExactly("ann", "bob");
    assertThat(here.of(ROOM, 10).sockets()).isEqualTo(3);
    assertThat(here.of(ROOM, 1).more()).isEqualTo(1);
  }

  @Test
  void ofManyUsersThoseAreListedWhoCameFirst() {
    List.of("dan", "ann", "carl", "bob").forEach(user -> here.joined(ROOM, user));
    List.of("bob", "eve").forEach(user -> there.joined(ROOM, user));
    exchange(there, here);
    assertThat(here.of(ROOM, 3)).isEqualTo(new ChannelRoster(6, List.of("ann", "carl", "dan"), 2));
    assertThat(here.of(ROOM, 5))
        .isEqualTo(new ChannelRoster(6, List.of("ann", "bob", "carl", "dan", "eve"), 0));
  }

  @Test
  void theNumberIsToldAgainWhenServersChangedAtTheSameTime() {
    here.joined(ROOM, "ann");
    there.joined(ROOM, "bob");
    List<Share> ofHere = here.takeShares();
    List<Share> ofThere = there.takeShares();
    assertThat(here.takeChanges()).extracting(Rosters.Change::sockets).containsExactly(1L);
    assertThat(there.takeChanges()).extracting(Rosters.Change::sockets).containsExactly(1L);
    ofHere.forEach(there::heard);
    ofThere.forEach(here::heard);

    clock.addAndGet(Rosters.REPEAT_NANOS);
    exchange(here, there);
    exchange(there, here);
    assertThat(here.takeChanges()).extracting(Rosters.Change::sockets).containsExactly(2L);
    assertThat(there.takeChanges()).as("one server tells it").isEmpty();
    clock.addAndGet(Rosters.REPEAT_NANOS);
    exchange(here, there);
    assertThat(here.takeChanges()).as("once").isEmpty();
  }

  @Test
  void aNumberThatIsAgainWhatItWasIsToldWhenServersChangedAtTheSameTime() {
    here.joined(ROOM, "ann");
    there.joined(ROOM, "bob");
    settle();
    settle();

    here.left(ROOM, "ann");
    here.joined(ROOM, "");
    here.joined(ROOM, "");
    there.left(ROOM, "bob");
    List<Share> ofHere = here.takeShares();
    List<Share> ofThere = there.takeShares();
    assertThat(here.takeChanges()).extracting(Rosters.Change::sockets).containsExactly(3L);
    assertThat(there.takeChanges()).extracting(Rosters.Change::sockets).containsExactly(1L);
    ofHere.forEach(there::heard);
    ofThere.forEach(here::heard);

    clock.addAndGet(Rosters.REPEAT_NANOS);
    exchange(here, there);
    assertThat(here.takeChanges()).extracting(Rosters.Change::sockets).containsExactly(2L);
  }

  private void settle() {
    clock.addAndGet(Rosters.REPEAT_NANOS);
    exchange(here, there);
    exchange(there, here);
    here.takeChanges();
    there.takeChanges();
  }

  @Test
  void aServerThatIsSilentIsForgottenAndItsUsersHaveLeft() {
    there.joined(ROOM, "bob");
    exchange(there, here);
    clock.addAndGet(Rosters.SILENCE_NANOS + 1);
    here.takeShares();
    assertThat(here.takeChanges().getFirst().left()).containsExactly("bob");
    assertThat(here.of(ROOM, 10).sockets()).isZero();
  }

  @Test
  void aServerThatWasSilentAndIsBackIsListedAgain() {
    here.joined(ROOM, "ann");
    there.joined(ROOM, "bob");
    exchange(there, here);
    assertThat(here.takeRelists()).as("it was never lost").isEmpty();
    clock.addAndGet(Rosters.SILENCE_NANOS + 1);
    here.takeShares();
    assertThat(here.takeChanges().getFirst().left()).containsExactly("bob");

    exchange(there, here);
    assertThat(here.takeRelists()).as("bob has told of nobody").containsExactly(ROOM);
    assertThat(here.of(ROOM, 10).users()).containsExactly("ann", "bob");

    clock.addAndGet(3 * Rosters.REPEAT_NANOS);
    exchange(there, here);
    assertThat(here.takeRelists()).as("once it has told everything").isEmpty();
  }

  @Test
  void whoIsCutOffForgetsNobodyAndListsEverythingAfterwards() {
    here.joined(ROOM, "ann");
    there.joined(ROOM, "bob");
    exchange(there, here);
    for (int i = 0; i < 10; i++) {
      clock.addAndGet(Rosters.REPEAT_NANOS);
      here.cutOff();
    }
    here.inReach();
    assertThat(here.takeShares()).as("all of its own").hasSize(2);
    assertThat(here.of(ROOM, 10).users()).containsExactly("ann", "bob");
    assertThat(here.takeRelists()).as("the others have not told yet").isEmpty();

    clock.addAndGet(2 * Rosters.REPEAT_NANOS);
    here.inReach();
    assertThat(here.takeRelists()).containsExactly(ROOM);
    assertThat(here.takeRelists()).isEmpty();
  }

  @Test
  void aShareIsBoundedAndTheCountIsNot() {
    for (int i = 0; i < 100_000; i++) {
      there.joined(ROOM, "user " + i);
    }
    Share share = there.takeShares().getFirst();
    assertThat(share.users()).hasSize(Share.MOST_USERS);
    assertThat(share.sockets()).isEqualTo(100_000);
    assertThat(Share.of(share.toPayload())).isEqualTo(share);
  }

  /** What users do and servers tell comes in any order; when it is quiet, all is told. */
  @RepeatedTest(50)
  void subscribersKnowAtLastWhoIsThere(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Map<String, Integer> socketsHere = new HashMap<>();
    Map<String, Integer> socketsThere = new HashMap<>();
    Set<String> known = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      boolean isHere = random.nextBoolean();
      Rosters server = isHere ? here : there;
      Map<String, Integer> sockets = isHere ? socketsHere : socketsThere;
      String user = "user " + random.nextInt(3);
      switch (random.nextInt(4)) {
        case 0 -> {
          sockets.merge(user, 1, Integer::sum);
          server.joined(ROOM, user);
        }
        case 1 -> {
          if (sockets.getOrDefault(user, 0) > 0) {
            sockets.merge(user, -1, Integer::sum);
            server.left(ROOM, user);
          }
        }
        default -> tick(server, isHere ? there : here, known);
      }
    }
    for (int i = 0; i < 3; i++) {
      tick(here, there, known);
      tick(there, here, known);
    }
    Set<String> present = new HashSet<>();
    socketsHere.forEach((user, count) -> addIf(count > 0, user, present));
    socketsThere.forEach((user, count) -> addIf(count > 0, user, present));
    assertThat(known).isEqualTo(present);
    assertThat(Set.copyOf(here.of(ROOM, 10).users())).isEqualTo(present);
  }

  private static void addIf(boolean condition, String user, Set<String> users) {
    if (condition) {
      users.add(user);
    }
  }

  private static void tick(Rosters server, Rosters other, Set<String> known) {
    exchange(server, other);
    for (Rosters.Change change : server.takeChanges()) {
      known.addAll(change.joined());
      change.left().forEach(known::remove);
    }
  }

  @Test
  void nothingIsLeftOfAChannelThatIsEmpty() {
    here.joined(ROOM, "ann");
    here.takeChanges();
    here.left(ROOM, "ann");
    assertThat(here.takeChanges()).extracting(Rosters.Change::left).containsExactly(List.of("ann"));
    assertThat(here.isEmpty()).isTrue();
  }
}
