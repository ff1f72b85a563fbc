// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ListingTest {
  private final TreeSet<String> users = new TreeSet<>(List.of("ann"));
  private final List<Object> told = new ArrayList<>();
  private final Listing listing =
      new Listing(channel -> Map.of("users", List.copyOf(users)), channel -> users.size());

  @Test
  void whoIsThereIsToldOnceIfItStaysTrue() {
    listing.tell("room", list -> told.add(list.get("users")));

    assertThat(told).containsExactly(List.of("ann"));
  }

  @Test
  void aListThatAChangeHasOvertakenIsToldAgain() {
    listing.tell(
        "room",
        list -> {
          users.add("bob"); // subscribers have learned of bob, and then get the list without him
          told.add(list.get("users"));
        });

    assertThat(told).containsExactly(List.of("ann"), List.of("ann", "bob"));
  }

  @Test
  void aChannelThatChangesAllTheTimeIsNotListedForEver() {
    listing.tell(
        "room",
        list -> {
          users.add("user " + users.size());
          told.add(list.get("users"));
        });

    assertThat(told).hasSize(Listing.MOST_TIMES);
  }
}
