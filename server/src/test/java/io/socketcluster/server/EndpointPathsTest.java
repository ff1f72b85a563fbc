// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.testkit.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths of a request are those of an endpoint. */
class EndpointPathsTest {
  private static String endpointAt(TestServer test, String path) {
    RawClient client = RawClient.upgraded(test.port(), path);
    client.handshake(null);
    String endpoint = test.socketOf(client).endpoint().path();
    client.close();
    return endpoint;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/socketcluster/",
        "/socketcluster",
        "/socketcluster?x=1",
        "/socketcluster/?x=/other",
        "/socketcluster?",
        "http://localhost/socketcluster/?x=1",
        "http://localhost:8000/socketcluster"
      })
  void theDefaultEndpointIsServedAt(String target) {
    try (TestServer test = TestServer.start()) {
      assertThat(endpointAt(test, target)).isEqualTo("/socketcluster/");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "//",
        "//socketcluster/",
        "/socketcluster//",
        "/SocketCluster/",
        "/socketcluster/x",
        "/socketcluste",
        "/x/socketcluster/",
        "/socketcluster%2F",
        "/%73ocketcluster/",
        "/socketcluster/;a=b",
        "/socketcluster/./",
        "http://localhost",
        "socketcluster/",
        "*"
      })
  void otherPathsAreNot(String target) {
    try (TestServer test = TestServer.start()) {
      RawClient client = test.tcp();
      client.write(RawClient.upgradeRequest(target).getBytes(ISO_8859_1));

      assertThat(client.readHead()).doesNotStartWith("HTTP/1.1 101");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/old, /old",
    "/old, /old/",
    "/with/more/, /with/more",
    "/with/more/, /with/more/?a=b",
    "/, /",
    "/, /?transport=websocket",
    "/, http://localhost",
    "/späße und mehr/, /sp%C3%A4%C3%9Fe%20und%20mehr",
    "/sp%C3%A4%C3%9Fe/, /sp%C3%A4%C3%9Fe/"
  })
  void everyEndpointIsServedWithAndWithoutTheSlash(String path, String target) {
    try (TestServer test = TestServer.start(options -> options.endpoint(AGEndpoint.of(path)))) {
      assertThat(endpointAt(test, target)).isEqualTo(path);
    }
    try (TestServer test = TestServer.start(options -> options.path(path))) {
      assertThat(endpointAt(test, target)).isEqualTo(path);
    }
  }

  @Test
  void anEndpointOfThatVeryPathComesFirst() {
    try (TestServer test =
        TestServer.start(
            options ->
                options
                    .endpoint(AGEndpoint.of("/socketcluster"))
                    .endpoint(AGEndpoint.of("/b"))
                    .endpoint(AGEndpoint.of("/b/")))) {
      assertThat(endpointAt(test, "/socketcluster")).isEqualTo("/socketcluster");
      assertThat(endpointAt(test, "/socketcluster/")).isEqualTo("/socketcluster/");
      assertThat(endpointAt(test, "/b")).isEqualTo("/b");
      assertThat(endpointAt(test, "/b/")).isEqualTo("/b/");
    }
  }
}
