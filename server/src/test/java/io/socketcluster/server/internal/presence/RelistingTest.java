// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.AGServerSocket;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RelistingTest {
  private final AtomicLong clock = new AtomicLong();
  private final AtomicLong looks = new AtomicLong();
  private final List<String> told = new ArrayList<>();
  private final Relisting relisting =
      new Relisting(
          (channel, subscribers) -> told.add(channel + " " + subscribers.size()), clock::get);

  /** A socket that can be asked for all its subscriptions only. */
  private AGServerSocket socket(String... subscriptions) {
    return (AGServerSocket)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {AGServerSocket.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("subscriptions");
              looks.incrementAndGet();
              return Set.copyOf(Arrays.asList(subscriptions));
            });
  }

  @Test
  void eachSocketIsLookedAtOnceHoweverManyRoomsThereAre() {
    Set<String> rooms =
        IntStream.range(0, 20_000).mapToObj(i -> "room/" + i).collect(Collectors.toSet());
    AGServerSocket both = socket("room/1", "#presence/room/1", "#presence/room/2");
    AGServerSocket none = socket("room/3", "#presence/other");
    relisting.begin(rooms, List.of(both, none, socket("#presence/room/1")).iterator());
    relisting.goOn();
    assertThat(told).containsExactlyInAnyOrder("#presence/room/1 2", "#presence/room/2 1");
    assertThat(looks).hasValue(3);
    assertThat(relisting.isDone()).isTrue();
  }

  @Test
  void whenNoRoomIsDueNoSocketIsLookedAt() {
    relisting.begin(Set.of(), List.of(socket("#presence/room/1")).iterator());
    assertThat(relisting.isDone()).isTrue();
    relisting.goOn();
    assertThat(looks).hasValue(0);
  }

  @Test
  void theThreadIsNeededForOtherThingsMeanwhile() {
    Relisting slow =
        new Relisting(
            (channel, subscribers) -> {
              told.add(channel + " " + subscribers.size());
              clock.addAndGet(Relisting.PART_NANOS);
            },
            clock::get);
    int count = 2 * Relisting.BATCH + 50;
    slow.begin(Set.of("room"), Collections.nCopies(count, socket("#presence/room")).iterator());
    slow.goOn();
    assertThat(told).containsExactly("#presence/room 100");
    assertThat(slow.isDone()).isFalse();
    slow.goOn();
    slow.goOn();
    assertThat(told)
        .containsExactly("#presence/room 100", "#presence/room 100", "#presence/room 50");
    assertThat(slow.isDone()).isTrue();
  }
}
