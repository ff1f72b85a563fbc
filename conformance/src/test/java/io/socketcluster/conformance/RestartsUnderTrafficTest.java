// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AutoReconnectOptions;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.SocketState;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server is killed and started again, 50 times, while clients publish.
 *
 * <p>A message is owed to a subscriber when the server that took it had the subscriber's channel as
 * subscribed before the message was sent, and acknowledged the publish. What is owed must have
 * come. All that came, owed or not, is a part of what the channel had, in its order and without a
 * gap.
 */
class RestartsUnderTrafficTest {
  private static final int RESTARTS = 50;
  private static final int PUBLISHERS = 3;
  private static final int SUBSCRIBERS = 4;
  private static final int ACKNOWLEDGED_PER_LIFE = 60;
  private static final int IDS_PER_PUBLISHER = 10_000_000;
  private static final List<String> CHANNELS = List.of("north", "south");
  private static final AutoReconnectOptions FAST =
      new AutoReconnectOptions(
          Duration.ofMillis(5), Duration.ofMillis(10), 1, Duration.ofMillis(20));

  /** One server and what it has had. */
  private record Life(MortalServer mortal, DeliveryRecord record, AtomicLong acknowledged) {
    static Life begin(int port) throws InterruptedException {
      MortalServer mortal = new MortalServer();
      DeliveryRecord record = new DeliveryRecord(mortal.server().exchange(), CHANNELS);
      mortal.listen(port);
      return new Life(mortal, record, new AtomicLong());
    }
  }

  /** Subscribes to all channels and keeps what comes. */
  private static final class Subscriber {
    private final String name;
    private final AGClientSocket socket;
    private final Map<String, List<Long>> received = new ConcurrentHashMap<>();

    Subscriber(int number, AGClientOptions options) {
      name = "subscriber " + number;
      socket = SocketClusterClient.create(options);
      for (String channel : CHANNELS) {
        List<Long> messages = Collections.synchronizedList(new ArrayList<>());
        received.put(channel, messages);
        socket.subscribe(channel, Long.class).consume(messages::add);
      }
    }

    /** Returns whether this server has it as subscribed, and the client knows. */
    boolean isSubscribed(AGServer server, String channel) {
      String id = socket.id();
      AGServerSocket other = id == null ? null : server.clients().get(id);
      return other != null && other.isSubscribed(channel) && socket.isSubscribed(channel);
    }
  }

  private final Threads before = Threads.now();
  private final List<Life> lives = new CopyOnWriteArrayList<>();
  private volatile @Nullable Life life = begin(0);
  private volatile boolean publishing = true;
  private final List<Subscriber> subscribers = new ArrayList<>();

  private Life present() {
    return Objects.requireNonNull(life, "begun with the test");
  }

  private Life begin(int port) {
    try {
      Life begun = Life.begin(port);
      lives.add(begun);
      return begun;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Timeout(120)
  void whatWasAcknowledgedHasReachedAllWhoWereSubscribed() throws Exception {
    AGClientOptions options =
        AGClientOptions.builder()
            .port(present().mortal().port())
            .autoReconnectOptions(FAST)
            .build();
    IntStream.range(0, SUBSCRIBERS).forEach(i -> subscribers.add(new Subscriber(i, options)));
    List<Thread> publishers =
        IntStream.range(0, PUBLISHERS)
            .mapToObj(i -> Thread.startVirtualThread(() -> publish(i, options)))
            .toList();
    awaitTraffic();
    assertThat(Threads.now().described())
        .as("virtual threads are seen, and event loops")
        .anyMatch(thread -> thread.contains("RestartsUnderTrafficTest"))
        .anyMatch(thread -> thread.contains("io.netty.channel"));
    for (int restart = 0; restart < RESTARTS; restart++) {
      awaitTraffic();
      int port = present().mortal().port();
      present().mortal().kill();
      life = begin(port);
    }
    awaitTraffic();
    publishing = false;
    for (Thread publisher : publishers) {
      publisher.join();
    }
    present().mortal().kill();
    await().until(() -> subscribers.stream().allMatch(each -> each.socket.id() == null));
    subscribers.forEach(subscriber -> subscriber.socket.disconnect());
    checkDeliveries();
    before.awaitNoOthers();
    awaitNothingKeepsTheServers();
  }

  private void publish(int publisher, AGClientOptions options) {
    AGClientSocket socket = SocketClusterClient.create(options);
    long next = (long) publisher * IDS_PER_PUBLISHER;
    while (publishing) {
      long message = next++;
      String channel = CHANNELS.get((int) (message % CHANNELS.size()));
      Life present = present();
      List<Subscriber> subscribed =
          subscribers.stream()
              .filter(each -> each.isSubscribed(present.mortal().server(), channel))
              .toList();
      if (isAcknowledged(socket, channel, message)) {
        subscribed.forEach(each -> present.record().owe(each.name, channel, message));
        present.acknowledged().incrementAndGet();
      }
    }
    socket.disconnect();
  }

  private static boolean isAcknowledged(AGClientSocket socket, String channel, long message) {
    try {
      socket.invokePublish(channel, message).get();
      return true;
    } catch (ExecutionException e) {
      return false; // the server may have taken it or not
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until this server has acknowledged something, and has all the subscribers. */
  private void awaitTraffic() {
    Life present = present();
    await()
        .pollInterval(Duration.ofMillis(2))
        .until(
            () ->
                present.acknowledged().get() >= ACKNOWLEDGED_PER_LIFE
                    && subscribers.stream()
                        .allMatch(
                            each ->
                                CHANNELS.stream()
                                    .allMatch(
                                        channel ->
                                            each.isSubscribed(present.mortal().server(), channel)))
                    && present.record().debts() >= ACKNOWLEDGED_PER_LIFE);
  }

  private void checkDeliveries() throws InterruptedException {
    for (Life past : lives) {
      past.record().end();
      assertThat(past.record().debts()).isGreaterThanOrEqualTo(ACKNOWLEDGED_PER_LIFE);
    }
    await()
        .untilAsserted(
            () ->
                assertThat(subscribers)
                    .allMatch(each -> each.socket.state() == SocketState.CLOSED)
                    .allMatch(each -> each.socket.getBackpressure() == 0));
    for (Subscriber subscriber : subscribers) {
      for (String channel : CHANNELS) {
        List<Long> received = List.copyOf(subscriber.received.getOrDefault(channel, List.of()));
        lives.forEach(past -> past.record().check(subscriber.name, channel, received));
      }
    }
  }

  private void awaitNothingKeepsTheServers() {
    List<WeakReference<AGServer>> servers =
        lives.stream().map(past -> new WeakReference<>(past.mortal().server())).toList();
    life = null;
    lives.clear();
    await()
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              System.gc();
              return servers.stream().allMatch(server -> server.get() == null);
            });
  }
}
