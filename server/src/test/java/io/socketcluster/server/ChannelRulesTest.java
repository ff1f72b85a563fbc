// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.core.AGSocket;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.channels.ChannelAccess;
import io.socketcluster.server.channels.ChannelPolicy;
import io.socketcluster.server.channels.ChannelRule;
import io.socketcluster.server.channels.ChannelRules;
import io.socketcluster.testkit.RawClient;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules of channels, and subscriptions that are checked again. */
class ChannelRulesTest {
  private final TestServer test = TestServer.start();
  private final ChannelRules rules = test.server().channelRules();

  /** The channels that are open at this moment. */
  private final Set<String> open = ConcurrentHashMap.newKeySet();

  private final ChannelRule ifOpen =
      ChannelRule.builder().subscribe((socket, channel) -> open.contains(channel)).build();

  @AfterEach
  void close() {
    test.close();
  }

  private static JsonNode subscribe(RawClient client, String channel) {
    return client.call("#subscribe", Map.of("channel", channel));
  }

  private static JsonNode publish(RawClient client, String channel) {
    return client.call("#publish", Map.of("channel", channel, "data", 1));
  }

  private static void assertAllowed(JsonNode answer) {
    assertThat(answer.has("error")).as("%s", answer).isFalse();
  }

  private static void assertRefused(JsonNode answer, String error) {
    assertThat(answer.path("error").path("name").stringValue("")).isEqualTo(error);
  }

  private static JsonNode nextOf(RawClient client, String event) {
    JsonNode next = client.nextJson();
    assertThat(next.path("event").stringValue("")).as("%s", next).isEqualTo(event);
    return next.path("data");
  }

  @Test
  void theLongestPatternSaysWhoMaySubscribeAndPublish() {
    rules.set(
        "room/*",
        ChannelRule.builder()
            .subscribe(ChannelAccess.authenticated())
            .publish(ChannelAccess.nobody())
            .build());
    rules.set("room/open", ChannelRule.builder().build());
    RawClient client = test.open();

    assertRefused(subscribe(client, "room/7"), "ForbiddenError");
    assertRefused(publish(client, "room/7"), "ForbiddenError");
    assertAllowed(subscribe(client, "room/open"));
    assertAllowed(subscribe(client, "other"));

    test.socketOf(client).setAuthToken(Map.of("username", "ann"));
    nextOf(client, "#setAuthToken");
    assertAllowed(subscribe(client, "room/7"));
    assertRefused(publish(client, "room/7"), "ForbiddenError");
    test.server().exchange().invokePublish("room/7", "from the server").join();
    assertThat(nextOf(client, "#publish").path("data").stringValue()).isEqualTo("from the server");

    rules.remove("room/*");
    assertAllowed(subscribe(client, "room/8"));
    assertThat(rules.ruleOf("room/8")).isNull();
  }

  @Test
  void aRuleThatMayBlockRunsOnAVirtualThreadAndTellsItsOwnError() {
    rules.set(
        "*",
        ChannelRule.builder()
            .subscribe(
                (socket, channel) -> {
                  assertThat(Thread.currentThread().isVirtual()).isTrue();
                  if (channel.equals("full")) {
                    throw new AGException("FullError", "No room");
                  }
                  if (channel.equals("broken")) {
                    throw new IllegalStateException("bug");
                  }
                  return true;
                })
            .build());
    RawClient client = test.open();
    assertAllowed(subscribe(client, "room"));
    assertRefused(subscribe(client, "full"), "FullError");
    assertRefused(subscribe(client, "broken"), "MiddlewareError");
    assertAllowed(subscribe(client, "room/2"));
  }

  @Test
  void theMiddlewareIsAskedWhatTheRulesAllow() {
    List<String> asked = new CopyOnWriteArrayList<>();
    test.server()
        .setMiddleware(
            AGServer.MIDDLEWARE_INBOUND,
            AGMiddleware.each(
                action -> {
                  asked.add(action.type() + " " + action.channel());
                  action.allow();
                }));
    rules.set("room/*", ifOpen);
    open.add("room/1");
    RawClient client = test.open();
    assertAllowed(subscribe(client, "room/1"));
    assertRefused(subscribe(client, "room/2"), "ForbiddenError");
    assertAllowed(publish(client, "room/2"));
    assertThat(asked)
        .contains("SUBSCRIBE room/1", "PUBLISH_IN room/2")
        .doesNotContain("SUBSCRIBE room/2");
  }

  @Test
  void aSubscriptionThatIsNotAllowedAnyMoreEndsWhenItIsCheckedAgain() {
    rules.set("room/*", ifOpen);
    open.addAll(Set.of("room/1", "room/2"));
    RawClient client = test.open();
    for (String channel : List.of("other", "room/1", "room/2")) {
      assertAllowed(subscribe(client, channel));
    }
    open.remove("room/1");
    test.socketOf(client).recheck("room/2");
    test.socketOf(client).recheck("room/*");

    JsonNode kicked = nextOf(client, "#kickOut");
    assertThat(kicked.path("channel").stringValue()).isEqualTo("room/1");
    assertThat(kicked.path("message").stringValue()).contains("may not subscribe to room/1");
    assertThat(test.socketOf(client).subscriptions()).containsExactlyInAnyOrder("other", "room/2");

    rules.set("room/*", ChannelRule.builder().subscribe(ChannelAccess.nobody()).build());
    test.server().cluster().recheck("*").join();
    assertThat(nextOf(client, "#kickOut").path("channel").stringValue()).isEqualTo("room/2");
    assertThat(test.socketOf(client).subscriptions()).containsExactly("other");
  }

  @Test
  void aSubscriptionThatIsBeingDecidedIsCheckedAgain() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch decide = new CountDownLatch(1);
    rules.set(
        "room",
        ChannelRule.builder()
            .subscribe(
                (socket, channel) -> {
                  asked.countDown();
                  decide.await();
                  return true; // it was so when the question was asked
                })
            .build());
    RawClient client = test.open();
    client.invoke("#subscribe", Map.of("channel", "room"));
    asked.await();
    test.socketOf(client).recheck("room");
    rules.set("room", ChannelRule.builder().subscribe(ChannelAccess.nobody()).build());
    decide.countDown();

    assertThat(client.nextJson().path("rid").isNumber()).as("it was subscribed").isTrue();
    assertThat(nextOf(client, "#kickOut").path("channel").stringValue()).isEqualTo("room");
  }

  @Test
  void thePresenceOfAChannelHasItsRule() {
    test.server()
        .channels()
        .policy("room/*", ChannelPolicy.builder().presenceClaim("username").build());
    rules.set("#*", ChannelRule.builder().subscribe(ChannelAccess.nobody()).build());
    rules.set("room/*", ifOpen);
    open.add("room/1");
    RawClient client = test.open();
    assertAllowed(subscribe(client, "room/1"));
    assertRefused(subscribe(client, "#presence/room/2"), "ForbiddenError");
    assertAllowed(subscribe(client, "#presence/room/1"));
  }

  @Test
  void theSocketsOfAUserAreCheckedOnAllServers() {
    AGBrokerEngine engine = new AGSimpleBroker();
    try (TestServer here = TestServer.start(options -> options.brokerEngine(engine));
        TestServer there = TestServer.start(options -> options.brokerEngine(engine))) {
      await().until(() -> here.server().cluster().clientsCount().join().servers() == 2);
      there.server().channelRules().set("room/*", ifOpen);
      open.add("room/1");
      RawClient ann = user(there, "ann");
      RawClient bob = user(there, "bob");
      open.clear();

      ClusterAnswer answer =
          here.server().cluster().socketsWithClaim("username", "ann").recheck("room/*").join();

      assertThat(answer.count()).isEqualTo(1);
      assertThat(answer.isComplete()).isTrue();
      assertThat(nextOf(ann, "#kickOut").path("channel").stringValue()).isEqualTo("room/1");
      assertThat(there.socketOf(bob).isSubscribed("room/1")).as("nobody has asked").isTrue();

      here.server().cluster().recheck("room/*").join();
      assertThat(nextOf(bob, "#kickOut").path("channel").stringValue()).isEqualTo("room/1");
    }
  }

  private static RawClient user(TestServer server, String name) {
    RawClient client = server.open();
    server.socketOf(client).setAuthToken(Map.of("username", name));
    nextOf(client, "#setAuthToken");
    assertAllowed(subscribe(client, "room/1"));
    return client;
  }

  private void openRooms() {
    ChannelAccess access = ChannelAccess.nonBlocking((socket, channel) -> open.contains(channel));
    rules.set("room/*", ChannelRule.builder().subscribe(access).subscribeToPattern(true).build());
  }

  @Test
  void aPatternBringsWhatItsSubscriberMayReceiveAtThatMoment() {
    openRooms();
    rules.set("room/secret/*", ifOpen); // may block
    open.addAll(Set.of("room/\"1\"", "room/2", "room/secret/3"));
    RawClient reader = test.open();
    RawClient writer = test.open();
    assertAllowed(subscribe(reader, "#pattern/room/*"));
    assertAllowed(subscribe(reader, "room/2"));

    for (String channel : List.of("room/secret/3", "other", "room/0", "room/\"1\"")) {
      assertAllowed(publish(writer, channel));
    }
    assertThat(nextOf(reader, "#publish"))
        .hasToString(
            "{\"channel\":\"#pattern/room/*\",\"data\":{\"channel\":\"room/\\\"1\\\"\",\"data\":1}}");

    test.server().exchange().invokePublish("room/2", Map.of("a", 1)).join();
    assertThat(nextOf(reader, "#publish").path("channel").stringValue()).isEqualTo("room/2");
    assertThat(nextOf(reader, "#publish").path("data").path("data").path("a").intValue())
        .isEqualTo(1);

    open.remove("room/2"); // nobody has to check again
    test.server().exchange().invokePublish("room/2", 2).join();
    test.server().exchange().invokePublish("room/\"1\"", 3).join();
    assertThat(nextOf(reader, "#publish").path("data").intValue()).isEqualTo(2);
    assertThat(nextOf(reader, "#publish").path("data").path("data").intValue()).isEqualTo(3);
  }

  @Test
  void clientsSubscribeToThePatternsThatRulesOfferAndPublishToNone() {
    RawClient client = test.open();
    assertRefused(subscribe(client, "#pattern/room/*"), "BrokerError");
    assertRefused(publish(client, "#pattern/room/*"), "InvalidActionError");
    openRooms();
    rules.set("*", ChannelRule.builder().subscribe(ChannelAccess.nobody()).build());
    assertAllowed(subscribe(client, "#pattern/room/*"));
    assertRefused(subscribe(client, "#pattern/room/1*"), "BrokerError");
    assertRefused(subscribe(client, "#pattern/*"), "BrokerError");
    assertRefused(publish(client, "#pattern/room/*"), "InvalidActionError");
    JsonNode recovering =
        client.call(
            "#subscribe", Map.of("channel", "#pattern/room/*", "data", Map.of("recover", true)));
    assertAllowed(recovering); // it is subscribed already
  }

  @Test
  void aRuleThatFailsKeepsItsMessageFromItsSocketAlone() {
    Queue<Throwable> warnings = new ConcurrentLinkedQueue<>();
    test.server().listener(AGServer.WARNING).consume(e -> warnings.add(e.warning()));
    AtomicReference<AGSocket> failing = new AtomicReference<>();
    ChannelAccess access =
        ChannelAccess.nonBlocking(
            (socket, channel) -> {
              if (socket.equals(failing.get())) {
                throw new AssertionError("broken rule");
              }
              return true;
            });
    rules.set("room/*", ChannelRule.builder().subscribe(access).subscribeToPattern(true).build());
    RawClient first = test.open();
    RawClient second = test.open();
    for (RawClient each : List.of(first, second)) {
      assertAllowed(subscribe(each, "#pattern/room/*"));
      assertAllowed(subscribe(each, "news"));
    }

    failing.set(test.socketOf(first));
    test.server().exchange().invokePublish("room/1", 1).join();
    test.server().exchange().invokePublish("news", 2).join();
    assertThat(nextOf(first, "#publish").path("channel").stringValue()).isEqualTo("news");
    assertThat(nextOf(second, "#publish").path("data").path("channel").stringValue())
        .isEqualTo("room/1");
    assertThat(nextOf(second, "#publish").path("channel").stringValue()).isEqualTo("news");
    await().until(() -> !warnings.isEmpty());
    assertThat(warnings.element()).hasMessage("The rule of channel room/1 has failed");
  }

  @Test
  void whatARuleSendsLeavesBehindTheMessageThatItIsAskedAbout() {
    ChannelAccess access =
        ChannelAccess.nonBlocking(
            (socket, channel) -> {
              socket.transmit("asked", channel);
              return true;
            });
    rules.set("room/*", ChannelRule.builder().subscribe(access).subscribeToPattern(true).build());
    RawClient reader = test.open();
    assertAllowed(subscribe(reader, "#pattern/room/*"));

    test.server().exchange().invokePublish("room/1", 1).join();
    nextOf(reader, "#publish");
    assertThat(nextOf(reader, "asked").stringValue()).isEqualTo("room/1");
  }

  @Test
  void aPatternThatNoRuleOffersAnyMoreEndsWhenItIsCheckedAgain() {
    openRooms();
    RawClient client = test.open();
    assertAllowed(subscribe(client, "#pattern/room/*"));
    test.socketOf(client).recheck("room/*");
    assertAllowed(subscribe(client, "other")); // it is asked about behind that
    rules.remove("room/*");
    assertThat(test.socketOf(client).isSubscribed("#pattern/room/*")).isTrue();

    test.server().cluster().recheck("room/*").join();
    assertThat(nextOf(client, "#kickOut").path("channel").stringValue())
        .isEqualTo("#pattern/room/*");
  }

  @Test
  void aPatternHasNoHistory() {
    openRooms();
    test.server().channels().policy("*", ChannelPolicy.builder().build());
    RawClient client = test.open();
    Map<String, Object> recover = Map.of("recover", true);
    assertRefused(
        client.call("#subscribe", Map.of("channel", "#pattern/room/*", "data", recover)),
        "BrokerError");
  }

  @Test
  void aPatternBringsWhatIsPublishedOnOtherServers() {
    AGBrokerEngine engine = new AGSimpleBroker();
    try (TestServer here = TestServer.start(options -> options.brokerEngine(engine));
        TestServer there = TestServer.start(options -> options.brokerEngine(engine))) {
      ChannelRule rule = ChannelRule.builder().subscribeToPattern(true).build();
      here.server().channelRules().set("room/*", rule);
      there.server().channelRules().set("room/*", rule);
      RawClient reader = here.open();
      assertAllowed(subscribe(reader, "#pattern/room/*"));
      assertAllowed(publish(there.open(), "room/1"));
      assertThat(nextOf(reader, "#publish").path("data").path("channel").stringValue())
          .isEqualTo("room/1");
    }
  }

  @Test
  void aPatternNeedsAnAccessThatDoesNotBlock() {
    ChannelRule.Builder builder =
        ChannelRule.builder().subscribe((socket, channel) -> true).subscribeToPattern(true);
    assertThatThrownBy(builder::build).isInstanceOf(InvalidOptionsError.class);
  }

  @Test
  void aStarBelongsAtTheEnd() {
    AGCluster cluster = test.server().cluster();
    assertThatThrownBy(() -> rules.set("*/x", ifOpen)).isInstanceOf(InvalidArgumentsError.class);
    assertThatThrownBy(() -> cluster.recheck("a*b")).isInstanceOf(InvalidArgumentsError.class);
  }
}
