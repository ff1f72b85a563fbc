// SPDX-License-Identifier: MIT
package io.socketcluster.broker.testkit;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.StreamDemux;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the writer of an engine may get wrong, and the test that has to say so. */
enum Fault {
  LOSES_SOME(
      "nothingIsLostWhileManyComeAndGo",
      name ->
          new Publishing() {
            private final AtomicInteger count = new AtomicInteger();

            @Override
            void publish(String channel, @Nullable Payload data) {
              if (count.incrementAndGet() % 50 != 0) {
                broker.transmitPublish(channel, data);
              }
            }
          }),
  DELIVERS_TWICE(
      "onePublishReachesEachSubscriberOnceAndBeforeItsAnswer",
      name ->
          new Publishing() {
            @Override
            void publish(String channel, @Nullable Payload data) {
              broker.transmitPublish(channel, data);
              broker.transmitPublish(channel, data);
            }
          }),
  ANSWERS_BEFORE_THE_HAND_OVER(
      "onePublishReachesEachSubscriberOnceAndBeforeItsAnswer",
      name ->
          new Publishing() {
            private final ExecutorService later =
                Executors.newSingleThreadExecutor(each -> daemon(each));

            @Override
            void publish(String channel, @Nullable Payload data) {
              later.execute(() -> broker.transmitPublish(channel, data));
            }
          }),
  LOSES_THE_ORDER(
      "bothWaysToPublishKeepTheOrderOfOneThread",
      name ->
          new Publishing() {
            private final Swap swap = new Swap();

            @Override
            void publish(String channel, @Nullable Payload data) {
              swap.run(() -> broker.transmitPublish(channel, data));
            }
          }),
  TURNS_NO_DATA_INTO_NULL(
      "noDataStaysNoDataAndIsNotNull",
      name ->
          new Publishing() {
            @Override
            void publish(String channel, @Nullable Payload data) {
              broker.transmitPublish(channel, data == null ? Payload.of(null) : data);
            }
          }),
  REWRITES_NUMBERS(
      "dataArrivesAsItWas",
      name ->
          new Publishing() {
            @Override
            void publish(String channel, @Nullable Payload data) {
              broker.transmitPublish(
                  channel, data == null ? null : Payload.of(data.as(Object.class)));
            }
          }),
  CUTS_BIG_DATA(
      "bigDataAndBytesArriveWhole",
      name ->
          new Publishing() {
            @Override
            void publish(String channel, @Nullable Payload data) {
              if (data == null || data.size() < 65_536) {
                broker.transmitPublish(channel, data);
              }
            }
          }),
  FOLDS_NAMES("aChannelNameMeansItself", name -> new Renaming(String::strip)),
  IGNORES_CASE(
      "aChannelNameMeansItself", name -> new Renaming(each -> each.toLowerCase(Locale.ROOT))),
  SUBSCRIBES_TOO_LATE(
      "everythingAfterTheSubscriptionIsDelivered",
      name ->
          new ForwardingEngine() {
            @Override
            public CompletableFuture<Void> subscribe(ChannelSubscriber subscriber, String channel) {
              later(() -> broker.subscribe(subscriber, channel));
              return CompletableFuture.completedFuture(null);
            }
          }),
  UNSUBSCRIBES_TOO_LATE(
      "nothingIsDeliveredAfterTheSubscriptionHasEnded",
      name ->
          new ForwardingEngine() {
            @Override
            public CompletableFuture<Void> unsubscribe(
                ChannelSubscriber subscriber, String channel) {
              later(() -> broker.unsubscribe(subscriber, channel));
              return CompletableFuture.completedFuture(null);
            }
          }),
  COUNTS_A_SUBSCRIBER_TWICE(
      "subscribingTwiceIsSubscribingOnce",
      name ->
          new ForwardingEngine() {
            @Override
            public CompletableFuture<Void> subscribe(ChannelSubscriber subscriber, String channel) {
              return broker.subscribe(message -> subscriber.deliver(message), channel);
            }
          }),
  TAKES_EQUAL_SUBSCRIBERS_FOR_ONE(
      "onePublishReachesEachSubscriberOnceAndBeforeItsAnswer",
      name ->
          new ForwardingEngine() {
            private final Set<List<Object>> known = ConcurrentHashMap.newKeySet();

            @Override
            public CompletableFuture<Void> subscribe(ChannelSubscriber subscriber, String channel) {
              return known.add(List.of(subscriber, channel))
                  ? broker.subscribe(subscriber, channel)
                  : CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletableFuture<Void> unsubscribe(
                ChannelSubscriber subscriber, String channel) {
              known.remove(List.of(subscriber, channel));
              return broker.unsubscribe(subscriber, channel);
            }
          }),
  DELIVERS_WITHOUT_A_LOCK(
      "allSubscribersReceiveWhatManyPublishInOneOrder", name -> new OwnLists(true)),
  STOPS_AT_A_SUBSCRIBER_THAT_THROWS(
      "aSubscriberThatThrowsHarmsNobodyAndIsAnError", name -> new OwnLists(false)),
  ENCODES_FOR_EACH(
      "subscribersShareOneEncodingThatIsReleasedAfterTheLastOfThem",
      name ->
          new ForwardingEngine() {
            @Override
            public CompletableFuture<Void> subscribe(ChannelSubscriber subscriber, String channel) {
              return broker.subscribe(
                  message ->
                      subscriber.deliver(new ChannelMessage(message.channel(), message.data())),
                  channel);
            }
          }),
  HAS_NO_EVENTS(
      "theFirstSubscriberAndTheLastToLeaveAreEvents",
      name ->
          new ForwardingEngine() {
            private final StreamDemux<Object> nothing = new StreamDemux<>();

            @Override
            public StreamDemux<Object> listenerDemux() {
              return nothing;
            }
          }),
  SHOWS_ITS_OWN_SET(
      "channelsAreListedWhileTheyHaveASubscriber",
      name ->
          new ForwardingEngine() {
            @Override
            public Set<String> subscriptions() {
              return new HashSet<>(broker.subscriptions());
            }
          }),
  GOES_ON_AFTER_CLOSE(
      "aClosedEngineDeliversNothingAndSaysSo",
      name ->
          new ForwardingEngine() {
            @Override
            public CompletableFuture<Void> close() {
              return CompletableFuture.completedFuture(null);
            }
          }),
  NEVER_ANSWERS_AFTER_CLOSE(
      "aClosedEngineDeliversNothingAndSaysSo",
      name ->
          new ForwardingEngine() {
            @Override
            public CompletableFuture<Void> subscribe(ChannelSubscriber subscriber, String channel) {
              return isReady() ? super.subscribe(subscriber, channel) : new CompletableFuture<>();
            }
          }),
  JOINS_EVERYBODY(
      "enginesThatAreNotJoinedDoNotHearEachOther", name -> new JoinedEngine("the same for all")),
  ECHOES_WHAT_IT_PUBLISHED(
      "aPublishReachesTheSubscribersOfAllEnginesOnce",
      name ->
          new JoinedEngine(name) {
            @Override
            public CompletableFuture<Void> invokePublish(String channel, @Nullable Payload data) {
              receive(channel, data);
              return super.invokePublish(channel, data);
            }
          }),
  LOSES_THE_ORDER_BETWEEN_ENGINES(
      "theOrderOfEachPublisherHoldsOnEveryEngine",
      name ->
          new JoinedEngine(name) {
            private final Swap swap = new Swap();

            @Override
            void receive(String channel, @Nullable Payload data) {
              swap.run(() -> super.receive(channel, data));
            }
          });

  private final String caughtBy;

  @SuppressWarnings("ImmutableEnumChecker") // it makes a new engine each time
  private final Function<String, AGBrokerEngine> engine;

  Fault(String caughtBy, Function<String, AGBrokerEngine> engine) {
    this.caughtBy = caughtBy;
    this.engine = engine;
  }

  String caughtBy() {
    return caughtBy;
  }

  AGBrokerEngine create(String cluster) {
    return engine.apply(cluster);
  }

  private static Thread daemon(Runnable task) {
    return Thread.ofPlatform().daemon().unstarted(task);
  }

  private static void later(Runnable action) {
    Thread.startVirtualThread(
        () -> {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
          action.run();
        });
  }

  /** Does every other thing after the one that follows it: the wrong order, without luck. */
  private static final class Swap {
    private final AtomicReference<@Nullable Runnable> held = new AtomicReference<>();

    void run(Runnable action) {
      Runnable before = held.getAndSet(null);
      if (before == null && held.compareAndSet(null, action)) {
        return;
      }
      action.run();
      if (before != null) {
        before.run();
      }
    }
  }

  /** Publishes in a way of its own. */
  private abstract static class Publishing extends ForwardingEngine {
    abstract void publish(String channel, @Nullable Payload data);

    @Override
    public CompletableFuture<Void> invokePublish(String channel, @Nullable Payload data) {
      publish(channel, data);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void transmitPublish(String channel, @Nullable Payload data) {
      publish(channel, data);
    }
  }

  /** Knows the channels by other names. */
  private static final class Renaming extends ForwardingEngine {
    private final Function<String, String> rename;

    Renaming(Function<String, String> rename) {
      this.rename = rename;
    }

    @Override
    public CompletableFuture<Void> subscribe(ChannelSubscriber subscriber, String channel) {
      return broker.subscribe(subscriber, rename.apply(channel));
    }

    @Override
    public CompletableFuture<Void> invokePublish(String channel, @Nullable Payload data) {
      return broker.invokePublish(rename.apply(channel), data);
    }
  }

  /** Delivers by itself: without a lock, or without care for those who throw. */
  private static final class OwnLists extends Publishing {
    private final Map<String, List<ChannelSubscriber>> lists = new ConcurrentHashMap<>();
    private final boolean isCareful;

    OwnLists(boolean isCareful) {
      this.isCareful = isCareful;
    }

    @Override
    public CompletableFuture<Void> subscribe(ChannelSubscriber subscriber, String channel) {
      lists.computeIfAbsent(channel, name -> new CopyOnWriteArrayList<>()).add(subscriber);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a subscriber is who it is
    public CompletableFuture<Void> unsubscribe(ChannelSubscriber subscriber, String channel) {
      lists.getOrDefault(channel, List.of()).removeIf(each -> each == subscriber);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    void publish(String channel, @Nullable Payload data) {
      ChannelMessage message = new ChannelMessage(channel, data);
      for (ChannelSubscriber each : lists.getOrDefault(channel, List.of())) {
        try {
          each.deliver(message);
          LockSupport.parkNanos(1); // the other publishers come in between
        } catch (RuntimeException e) {
          if (!isCareful) {
            return;
          }
        }
      }
    }
  }
}
