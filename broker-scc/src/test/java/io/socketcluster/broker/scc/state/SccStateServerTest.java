// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.AGRequest;
import io.socketcluster.core.AGSocket;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.stream.StreamConsumer;
import io.socketcluster.stream.StreamItem.Value;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class SccStateServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration NEVER = Duration.ofMinutes(10);

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private static SccStateOptions.Builder options() {
    return SccStateOptions.builder()
        .host("127.0.0.1")
        .startupDelay(Duration.ZERO)
        .scaleOutDelay(SOON)
        .scaleBackDelay(SOON)
        .retryDelay(SOON);
  }

  private SccStateServer server(SccStateOptions.Builder options) {
    SccStateServer server = SccStateServer.listen(0, options.build());
    opened.add(() -> server.close().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    return server;
  }

  /** Connects with a query such as "instanceType=scc-worker&version=9.2.0". */
  private AGClientSocket connect(SccStateServer server, String query) {
    AGClientSocket socket =
        SocketClusterClient.create(
            AGClientOptions.builder()
                .uri("ws://127.0.0.1:" + server.port() + "/socketcluster/?" + query)
                .autoReconnect(false)
                .build());
    opened.add(socket::disconnect);
    return socket;
  }

  private AGClientSocket broker(SccStateServer server, int port) throws Exception {
    AGClientSocket socket =
        connect(server, "instanceType=scc-broker&version=10.0.1&instancePort=" + port);
    call(socket, "sccBrokerJoinCluster", Map.of("instanceIp", "10.0.0.9"));
    return socket;
  }

  private AGClientSocket worker(SccStateServer server) {
    return connect(server, "instanceType=scc-worker&version=9.2.0&instancePort=8000");
  }

  private static JsonNode call(AGClientSocket socket, String procedure, Object data)
      throws Exception {
    return socket.invoke(procedure, data).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static AGRequest<JsonNode> next(StreamConsumer<AGRequest<JsonNode>> requests)
      throws Exception {
    return ((Value<AGRequest<JsonNode>>) requests.next()).value();
  }

  private static String brokersIn(JsonNode lists) {
    return lists.path("sccBrokerURIs").toString();
  }

  @Test
  void aWorkerIsToldTheBrokersWhenItJoinsAndWhenTheyChange() throws Exception {
    SccStateServer server = server(options());
    broker(server, 8889);
    AGClientSocket worker = worker(server);
    StreamConsumer<AGRequest<JsonNode>> joins =
        worker.procedure("sccBrokerJoinCluster").createConsumer(PATIENCE);
    StreamConsumer<AGRequest<JsonNode>> leaves =
        worker.procedure("sccBrokerLeaveCluster").createConsumer(PATIENCE);

    JsonNode reply =
        call(worker, "sccWorkerJoinCluster", Map.of("instanceIp", "10.0.0.5", "instanceId", "me"));
    assertThat(brokersIn(reply)).isEqualTo("[\"ws://10.0.0.9:8889\"]");
    assertThat(reply.path("sccWorkerURIs").toString()).isEqualTo("[\"ws://10.0.0.5:8000\"]");
    assertThat(reply.path("sccSourceWorkerURI").stringValue()).isEqualTo("ws://10.0.0.5:8000");

    AGClientSocket second = broker(server, 8888);
    JsonNode news;
    do {
      AGRequest<JsonNode> request = next(joins);
      request.end();
      news = request.data();
    } while (news.path("sccBrokerURIs").size() < 2); // the first may have been told once more
    assertThat(brokersIn(news)).isEqualTo("[\"ws://10.0.0.9:8888\",\"ws://10.0.0.9:8889\"]");
    assertThat(news.path("time").longValue()).isGreaterThan(reply.path("time").longValue());
    assertThat(news.path("sccSourceWorkerURI").stringValue()).isEqualTo("ws://10.0.0.5:8000");

    second.disconnect();
    AGRequest<JsonNode> left = next(leaves);
    assertThat(brokersIn(left.data())).isEqualTo("[\"ws://10.0.0.9:8889\"]");
    assertThat(left.data().path("time").longValue()).isGreaterThan(news.path("time").longValue());
    left.end();
  }

  @Test
  void aWorkerThatDoesNotAnswerIsToldAgain() throws Exception {
    SccStateServer server = server(options());
    AGClientSocket worker = worker(server);
    call(worker, "sccWorkerJoinCluster", Map.of());
    StreamConsumer<AGRequest<JsonNode>> joins =
        worker.procedure("sccBrokerJoinCluster").createConsumer(PATIENCE);
    broker(server, 8888);

    next(joins).error(new AGException("Error", "not now"));

    assertThat(brokersIn(next(joins).data())).contains("8888");
  }

  @Test
  void workersAreToldAboutEachOther() throws Exception {
    SccStateServer server = server(options());
    AGClientSocket worker = worker(server);
    call(worker, "sccWorkerJoinCluster", Map.of("instanceIp", "10.0.0.5"));
    StreamConsumer<AGRequest<JsonNode>> joins =
        worker.procedure("sccWorkerJoinCluster").createConsumer(PATIENCE);

    AGClientSocket other = worker(server);
    call(other, "sccWorkerJoinCluster", Map.of("instanceIp", "10.0.0.6"));

    JsonNode news;
    do {
      AGRequest<JsonNode> request = next(joins);
      request.end();
      news = request.data();
    } while (news.path("sccWorkerURIs").size() < 2);
    assertThat(news.path("sccWorkerURIs").toString())
        .isEqualTo("[\"ws://10.0.0.5:8000\",\"ws://10.0.0.6:8000\"]");
    call(other, "sccWorkerLeaveCluster", Map.of());
    assertThat(server.workers()).containsExactly("ws://10.0.0.5:8000");
  }

  @Test
  void workersWaitForTheFirstBrokers() throws Exception {
    SccStateServer server = server(options().startupDelay(NEVER));
    AGClientSocket worker = worker(server);

    assertThatThrownBy(() -> call(worker, "sccWorkerJoinCluster", Map.of()))
        .hasMessageContaining("The server is waiting for initial broker connections");
    broker(server, 8888);
    assertThat(server.brokers()).containsExactly("ws://10.0.0.9:8888");
    assertThat(server.workers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.9,         IPv4, false, ws://10.0.0.9:8888",
    "10.0.0.9,         IPv6, true,  wss://10.0.0.9:8888",
    ",                 IPv4, false, ws://127.0.0.1:8888",
    "'',               ,     false, ws://127.0.0.1:8888",
    "2001:db8::1,      IPv4, false, ws://[2001:db8::1]:8888",
    "[2001:db8::1],    IPv6, false, ws://[2001:db8::1]:8888",
    "[127.0.0.1],      IPv6, false, ws://127.0.0.1:8888",
    "broker.internal,  IPv4, false, ws://broker.internal:8888"
  })
  void theAddressOfAnInstanceIsAUriWhateverItSays(
      String ip, String family, boolean secure, String uri) throws Exception {
    SccStateServer server = server(options());
    AGClientSocket socket =
        connect(server, "instanceType=scc-broker&version=9.0.0&instancePort=8888");
    Map<String, Object> self = new HashMap<>();
    self.put("instanceIp", ip);
    self.put("instanceIpFamily", family);
    self.put("instanceSecure", secure);

    call(socket, "sccBrokerJoinCluster", self);

    assertThat(server.brokers()).containsExactly(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a/b",
        "evil:1/?x",
        "ws://x",
        "[",
        "[]",
        "::1]:1/[",
        "a@b",
        "\r\n",
        "..",
        "-a"
      })
  void anAddressThatIsNoneIsRefused(String ip) throws Exception {
    SccStateServer server = server(options());
    AGClientSocket socket =
        connect(server, "instanceType=scc-broker&version=9.0.0&instancePort=8888");

    assertThatThrownBy(() -> call(socket, "sccBrokerJoinCluster", Map.of("instanceIp", ip)))
        .hasMessageContaining("instanceIp");
    assertThat(server.brokers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "instancePort=0",
        "instancePort=65536",
        "instancePort=x",
        "instancePort=-1",
        "instancePort=8888888888",
        "instancePort=%D9%A3"
      })
  void aPortThatIsNoneIsRefused(String port) throws Exception {
    SccStateServer server = server(options());
    AGClientSocket socket = connect(server, "instanceType=scc-worker&version=9.0.0&" + port);

    assertThatThrownBy(() -> call(socket, "sccWorkerJoinCluster", "no object"))
        .hasMessageContaining("instancePort");
    assertThat(server.workers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "instanceType=scc-worker&version=8.1.0,   '[9, 10]; the version of this one is 8.1.0'",
    "instanceType=scc-worker&version=11.0.0,  '[9, 10]'",
    "instanceType=scc-worker&version=9,       version is not of the form",
    "instanceType=scc-worker,                 version is not of the form",
    "instanceType=scc-worker&version=99999999999.1.1, version is not of the form",
    "instanceType=other&version=9.0.0,        instanceType is neither",
    "version=9.0.0,                           instanceType is neither"
  })
  void whatDoesNotFitIsRefusedWithTheReason(String query, String reason) throws Exception {
    SccStateServer server = server(options());
    StreamConsumer<?> errors;
    AGClientSocket socket =
        SocketClusterClient.create(
            AGClientOptions.builder()
                .uri("ws://127.0.0.1:" + server.port() + "/socketcluster/?" + query)
                .autoConnect(false)
                .autoReconnect(false)
                .build());
    opened.add(socket::disconnect);
    errors = socket.listener(AGSocket.ERROR).createConsumer(PATIENCE);
    StreamConsumer<?> closes = socket.listener(AGSocket.CLOSE).createConsumer(PATIENCE);
    socket.connect();

    assertThat(errors.next().toString()).contains("CompatibilityError").contains(reason);
    assertThat(closes.next().toString()).contains("4008");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&authKey=", "&authKey=wrong", "&authKey=null", "&authKey=secre"})
  void withoutTheKeyTheAnswerIs401(String key) throws Exception {
    SccStateServer server = server(options().authKey("secret"));
    AGClientSocket socket =
        SocketClusterClient.create(
            AGClientOptions.builder()
                .uri("ws://127.0.0.1:" + server.port() + "/?instanceType=scc-worker" + key)
                .path("/socketcluster/")
                .autoConnect(false)
                .autoReconnect(false)
                .build());
    opened.add(socket::disconnect);
    StreamConsumer<?> errors = socket.listener(AGSocket.ERROR).createConsumer(PATIENCE);
    socket.connect();

    assertThat(errors.next().toString()).contains("401").doesNotContain("secret");
  }

  @Test
  void anInstanceCallsProceduresAndNothingElse() throws Exception {
    SccStateServer server = server(options());
    AGClientSocket worker = worker(server);
    call(worker, "sccWorkerJoinCluster", Map.of());

    assertThatThrownBy(
            () -> worker.invokePublish("x", 1).get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isNotNull();
    StreamConsumer<?> refusals =
        worker.listener(AGClientSocket.SUBSCRIBE_FAIL).createConsumer(PATIENCE);
    worker.subscribe("x");
    assertThat(refusals.next().toString()).contains("x");
  }

  @Test
  void aBrokerThatConnectsTwiceIsNamedOnceAndStaysUntilBothAreGone() throws Exception {
    SccStateServer server = server(options());
    AGClientSocket first = broker(server, 8888);
    AGClientSocket second = broker(server, 8888);
    assertThat(server.brokers()).containsExactly("ws://10.0.0.9:8888");

    first.disconnect();
    call(second, "sccBrokerLeaveCluster", Map.of());

    await().atMost(PATIENCE).until(() -> server.brokers().isEmpty());
  }

  @Test
  void theHealthCheckAnswers() throws Exception {
    SccStateServer server = server(options().authKey("secret"));
    URI address = URI.create("http://127.0.0.1:" + server.port() + "/health-check");
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    assertThat(connection.getResponseCode()).isEqualTo(200);
    connection.disconnect();
  }
}
