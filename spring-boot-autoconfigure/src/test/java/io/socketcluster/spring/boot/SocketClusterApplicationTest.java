// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.SlowConsumerPolicy;
import io.socketcluster.testkit.RawClient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** A Spring Boot application with a server, on each kind of port. */
class SocketClusterApplicationTest {
  /** Tests that change nothing share an application; it starts with the first of them. */
  private static final Map<Port, ConfigurableApplicationContext> SHARED = new EnumMap<>(Port.class);

  private final List<AutoCloseable> opened = new ArrayList<>();

  private static ConfigurableApplicationContext shared(Port port) {
    return SHARED.computeIfAbsent(
        port,
        first ->
            first.start(
                "management.endpoints.web.exposure.include=health,metrics,socketcluster",
                "management.endpoint.health.show-details=always"));
  }

  private ConfigurableApplicationContext own(Port port, String... properties) {
    ConfigurableApplicationContext started = port.start(properties);
    opened.add(started);
    return started;
  }

  private RawClient connect(Port port, String... headers) {
    return connect(port, shared(port), headers);
  }

  private RawClient connect(
      Port port, ConfigurableApplicationContext application, String... headers) {
    RawClient client = RawClient.tcp(port.of(application));
    opened.add(client);
    client.upgrade("/socketcluster/", headers);
    client.handshake(null);
    return client;
  }

  @AfterEach
  void closeOwn() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @AfterAll
  static void closeShared() {
    SHARED.values().forEach(ConfigurableApplicationContext::close);
  }

  private static JsonNode error(JsonNode answer) {
    return answer.path("error");
  }

  @ParameterizedTest
  @EnumSource
  void aMethodAnswersCallsWithTypedData(Port port) {
    RawClient caller = connect(port);
    JsonNode data = caller.call("order", Map.of("item", "tea", "count", 2)).path("data");
    assertThat(data.path("text").asString()).isEqualTo("2 x tea");
    assertThat(data.path("socket").asString()).isEqualTo(caller.id());
    assertThat(caller.call("sum", List.of(1, 2, 3)).path("data").asInt()).isEqualTo(6);
  }

  @ParameterizedTest
  @EnumSource
  void dataThatIsNotValidIsRefusedByName(Port port) {
    RawClient caller = connect(port);
    JsonNode invalid = error(caller.call("order", Map.of("item", " ", "count", 0)));
    assertThat(invalid.path("name").asString()).isEqualTo("InvalidArgumentsError");
    assertThat(invalid.path("message").asString()).contains("count").contains("item");
    JsonNode shapeless = error(caller.call("order", "tea"));
    assertThat(shapeless.path("name").asString()).isEqualTo("InvalidArgumentsError");
  }

  @ParameterizedTest
  @EnumSource
  void aCallWithoutDataReachesAMethodWithoutData(Port port) {
    RawClient caller = connect(port);
    caller.send("{\"event\":\"fail\",\"cid\":99}");
    assertThat(error(caller.nextJson()).path("name").asString()).isEqualTo("TeapotError");
  }

  @ParameterizedTest
  @EnumSource
  void anErrorOfTheApplicationReachesTheCallerAndABugDoesNot(Port port) {
    RawClient caller = connect(port);
    assertThat(error(caller.call("fail", null)).path("name").asString()).isEqualTo("TeapotError");
    assertThat(error(caller.call("bug", null)).toString()).doesNotContain("internal detail");
  }

  @ParameterizedTest
  @EnumSource
  void theClaimsOfTheTokenAreAParameter(Port port) {
    RawClient caller = connect(port);
    assertThat(error(caller.call("whoAmI", null)).path("name").asString())
        .isEqualTo("AuthTokenError");
    int login = caller.invoke("login", Map.of("name", "ada"));
    JsonNode token = caller.nextJson();
    assertThat(token.path("event").asString()).isEqualTo("#setAuthToken");
    caller.send("{\"rid\":" + token.path("cid").asInt() + "}");
    assertThat(caller.nextJson().path("rid").asInt()).isEqualTo(login);
    assertThat(caller.call("whoAmI", null).path("data").asString()).isEqualTo("ada");
  }

  @ParameterizedTest
  @EnumSource
  void messagesReachReceiversAndChannels(Port port) {
    RawClient sender = connect(port);
    ChatApplication.Seen seen = shared(port).getBean(ChatApplication.Seen.class);
    sender.transmit("note", "hello");
    await().until(() -> seen.all.contains("heard hello"));
    assertThat(seen.all).contains("opened " + sender.id(), "connected " + sender.id());
  }

  @ParameterizedTest
  @EnumSource
  void aMiddlewareBeanDecides(Port port) {
    RawClient subscriber = connect(port);
    JsonNode refused = subscriber.call("#subscribe", Map.of("channel", "secret"));
    assertThat(error(refused).path("name").asString()).isEqualTo("NotAllowed");
    assertThat(error(subscriber.call("#subscribe", Map.of("channel", "open"))).isMissingNode())
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT", "OWN"})
  void propertiesInAnySpellingAreOptions(Port port) {
    AGServerOptions options =
        own(
                port,
                "socketcluster.ping-interval=3s",
                "socketcluster.pingTimeout=9s",
                "socketcluster.per-message-deflate.threshold=2048",
                "socketcluster.slow-consumer-policy=drop-oldest")
            .getBean(AGServer.class)
            .options();
    assertThat(options.pingInterval()).hasSeconds(3);
    assertThat(options.pingTimeout()).hasSeconds(9);
    assertThat(options.slowConsumerPolicy()).isEqualTo(SlowConsumerPolicy.DROP_OLDEST);
    assertThat(Objects.requireNonNull(options.perMessageDeflate()).threshold()).isEqualTo(2048);
  }

  @ParameterizedTest
  @EnumSource
  void whenTheApplicationStopsClientsAreToldToComeBackAtOnce(Port port) {
    ConfigurableApplicationContext application = own(port);
    RawClient connected = connect(port, application);
    application.close();
    assertThat(connected.awaitClose().code()).isEqualTo(4000);
    await().until(connected::hasEnded);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWN")
  void theRestOfTheApplicationIsServedBeside(Port port) throws Exception {
    connect(port).call("sum", List.of(1));
    assertThat(get(port, "/actuator/health")).contains("\"socketCluster\"").contains("\"UP\"");
    assertThat(get(port, "/actuator/socketcluster")).contains("\"serving\":true");
    assertThat(get(port, "/actuator/metrics/socketcluster.connections.opened")).contains("COUNT");
    assertThat(get(port, "/actuator/metrics/socketcluster.server.call?tag=procedure:sum"))
        .contains("COUNT");
  }

  private String get(Port port, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://localhost:" + port.of(shared(port)) + path);
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWN")
  void thePrincipalOfSpringSecurityIsAParameter(Port port) {
    RawClient anonymous = connect(port);
    assertThat(anonymous.call("principal", null).path("data").isMissingNode()).isTrue();
    anonymous.close();
    RawClient ada = connect(port, login("ada:lovelace"));
    assertThat(ada.call("principal", null).path("data").asString()).isEqualTo("ada");
  }

  private static String login(String credentials) {
    String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    return "Authorization: Basic " + encoded + "\r\n";
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWN")
  void aMiddlewareSeesThePrincipal(Port port) {
    RawClient eve = connect(port, login("eve:adams"));
    JsonNode refused = eve.call("#subscribe", Map.of("channel", "for ada"));
    assertThat(error(refused).path("name").asString()).isEqualTo("NotAllowed");
    RawClient ada = connect(port, login("ada:lovelace"));
    assertThat(error(ada.call("#subscribe", Map.of("channel", "for ada"))).isMissingNode())
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWN")
  void springSecurityRefusesAnUpgrade(Port port) {
    RawClient stranger = RawClient.tcp(port.of(shared(port)));
    opened.add(stranger);
    assertThatThrownBy(() -> stranger.upgrade("/socketcluster/", login("ada:wrong")))
        .hasMessageContaining("401");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWN")
  void noSpellingOfThePathGetsPastTheRules(Port port) {
    ConfigurableApplicationContext application = own(port, "socketcluster.path=/members/");
    List<String> spellings =
        List.of(
            "/members/",
            "/members",
            "/members/?x",
            "/MEMBERS/",
            "/%6Dembers/",
            "/members%2F",
            "/members/%3Fx",
            "/members/;x",
            "/members;x/",
            "//members/",
            "/public/../members/",
            "/public/%2e%2e/members/",
            "http://localhost/members/",
            "http://localhost#/members/",
            "#://localhost/members/",
            "public/x://localhost/members/");
    for (String each : spellings) {
      assertThat(answer(port, application, RawClient.upgradeRequest(each)))
          .as(each)
          .doesNotContain(" 101 ");
    }
    RawClient ada = RawClient.tcp(port.of(application));
    opened.add(ada);
    ada.upgrade("/members/?x", login("ada:lovelace"));
    ada.handshake(null);
    assertThat(ada.call("principal", null).path("data").asString()).isEqualTo("ada");
  }

  @Test
  void noRequestGetsPastTheRulesBehindAnother() {
    ConfigurableApplicationContext application =
        own(Port.REACTOR_NETTY, "socketcluster.path=/members/");
    String stranger = RawClient.upgradeRequest("/members/");
    List<String> firsts =
        List.of(
            "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n\r\n",
            RawClient.upgradeRequest("/"),
            RawClient.upgradeRequest("/members/", login("ada:lovelace")),
            RawClient.upgradeRequest("/members/", login("ada:wrong")));
    for (String first : firsts) {
      assertThat(answer(Port.REACTOR_NETTY, application, first + stranger))
          .as(first)
          .doesNotContain(" 101 ");
    }
    assertThat(application.getBean(AGServer.class).pendingClientsCount()).isZero();
  }

  /** Returns the head of the first answer to what is written at once, or nothing. */
  private static String answer(Port port, ConfigurableApplicationContext to, String requests) {
    try (RawClient client = RawClient.tcp(port.of(to))) {
      client.write(requests.getBytes(ISO_8859_1));
      return client.readHead();
    } catch (UncheckedIOException e) {
      return ""; // closed
    }
  }

  @Test
  void whoWasRefusedMayAskAgainOnTheSameConnection() {
    ConfigurableApplicationContext application =
        own(Port.REACTOR_NETTY, "socketcluster.path=/members/");
    RawClient ada = RawClient.tcp(Port.REACTOR_NETTY.of(application));
    opened.add(ada);
    ada.write(RawClient.upgradeRequest("/members/").getBytes(ISO_8859_1));
    assertThat(ada.readHead()).startsWith("HTTP/1.1 401");
    ada.upgrade("/members/", login("ada:lovelace"));
    ada.handshake(null);
    assertThat(ada.call("principal", null).path("data").asString()).isEqualTo("ada");
  }

  @Test
  void reactorNettyEndsNoSocketThatItsFiltersHaveLetPass() {
    ConfigurableApplicationContext application =
        own(
            Port.REACTOR_NETTY,
            "server.netty.idle-timeout=50ms",
            "socketcluster.ping-interval=100ms");
    RawClient ada = connect(Port.REACTOR_NETTY, application, login("ada:lovelace"));
    await().until(() -> ada.pings() >= 3);
    assertThat(ada.call("principal", null).path("data").asString()).isEqualTo("ada");
  }
}
