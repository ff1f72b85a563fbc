// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.RateLimit;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SocketClusterPropertiesTest {
  /** The options that only code sets. */
  private static final Set<String> OBJECTS =
      Set.of(
          "codecEngine",
          "jsonMapper",
          "brokerEngine",
          "authEngine",
          "httpHandler",
          "requestInterceptor",
          "serverObserver",
          "timeSource");

  private static AGServerOptions options(StandardEnvironment environment) {
    return AGServerOptions.builder()
        .fromMap(new SocketClusterProperties(environment).options())
        .build();
  }

  private static StandardEnvironment with(Map<String, Object> properties) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    return environment;
  }

  @Test
  void aMisspeltPropertyIsRefusedWithTheNearestOption() {
    assertThatThrownBy(() -> options(with(Map.of("socketcluster.ping-intervall", "3s"))))
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("pingIntervall")
        .hasMessageContaining("pingInterval");
  }

  @Test
  void aValueThatIsNotAllowedIsRefusedByName() {
    assertThatThrownBy(() -> options(with(Map.of("socketcluster.max-payload", "10"))))
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("maxPayload is 10");
  }

  @Test
  void variablesOfTheEnvironmentAreOptionsAndOthersAreLeftAlone() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                Map.of(
                    "SOCKETCLUSTER_PINGINTERVAL", "3s",
                    "SOCKETCLUSTER_ACK_TIMEOUT", "4s",
                    "SOCKETCLUSTER_WORKERS", "2")));
    AGServerOptions options = options(environment);
    assertThat(options.pingInterval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(options.ackTimeout()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void listsAndGroupsAreBound() {
    AGServerOptions options =
        options(
            with(
                Map.of(
                    "socketcluster.origins", "one.example:*, two.example:*",
                    "socketcluster.socket-message-rate.count", 100,
                    "socketcluster.socket-message-rate.period", "1s",
                    "socketcluster.endpoints[0].path", "/old/",
                    "socketcluster.endpoints[0].protocol-version", 1)));
    assertThat(options.origins()).isEqualTo(List.of("one.example:*", "two.example:*"));
    assertThat(options.socketMessageRate())
        .extracting(RateLimit::count, RateLimit::period)
        .containsExactly(100, Duration.ofSeconds(1));
    assertThat(options.endpoints()).extracting(AGEndpoint::path).contains("/old/");
  }

  @Test
  void everyOptionHasItsMetadata() throws IOException {
    Set<String> described = new TreeSet<>();
    try (InputStream file =
        Objects.requireNonNull(
            getClass()
                .getResourceAsStream("/META-INF/additional-spring-configuration-metadata.json"))) {
      for (JsonNode property : JsonMapper.shared().readTree(file).path("properties")) {
        described.add(property.path("name").asString());
        assertThat(property.path("description").asString()).endsWith(".");
      }
    }
    Set<String> expected = new TreeSet<>(Set.of("socketcluster.enabled", "socketcluster.port"));
    AGServerOptions.names().stream()
        .filter(name -> !OBJECTS.contains(name))
        .forEach(name -> expected.add("socketcluster." + SocketClusterProperties.kebab(name)));
    assertThat(described).isEqualTo(expected);
  }
}
