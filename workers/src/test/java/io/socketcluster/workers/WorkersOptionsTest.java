// SPDX-License-Identifier: MIT
package io.socketcluster.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.AGServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of workers, and those of their servers among them. */
class WorkersOptionsTest {
  @Test
  void whatIsReadLastWins() {
    WorkersOptions options =
        WorkersOptions.builder()
            .fromJson("{\"port\": 1000, \"workers\": 2, \"pingTimeout\": 30000}")
            .fromEnvironment(
                Map.of(
                    "SOCKETCLUSTER_PORT", "2000",
                    "SOCKETCLUSTER_OPTIONS", "{\"port\": 3000, \"workers\": 3}"))
            .fromMap(Map.of("workers", "4"))
            .build();
    assertThat(options.port()).isEqualTo(2000);
    assertThat(options.workers()).hasValue(4);
    assertThat(options.serverOptions().build().pingTimeout()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void everyOptionOfAServerIsAnOptionHere() {
    assertThat(WorkersOptions.names()).containsAll(AGServerOptions.names()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "wokers, workers",
    "Port, port",
    "logLevl, logLevel",
    "pingTimout, pingTimeout",
    "authkey, authKey"
  })
  void anUnknownNameIsRefusedWithTheNearest(String name, String nearest) {
    WorkersOptions.Builder builder = WorkersOptions.builder().fromMap(Map.of(name, "1"));
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining(name + " is no option; the nearest is " + nearest);
  }

  @Test
  void aRefusalOfAServersOptionNamesItAndWhatIsAllowed() {
    WorkersOptions.Builder builder = WorkersOptions.builder().fromMap(Map.of("maxPayload", 3));
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("maxPayload is 3; allowed: 1024 or more");
  }

  @Test
  void aRefusalShowsNoSecret() {
    WorkersOptions.Builder builder =
        WorkersOptions.builder().fromMap(Map.of("authKey", "short-secret"));
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("authKey")
        .hasMessageNotContaining("short-secret");
  }

  @Test
  void theUrlOfABrokerIsNotTold() {
    WorkersOptions.Builder builder =
        WorkersOptions.builder().fromMap(Map.of("broker", "http://user:secret@host"));
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("broker is set, to a secret; allowed: nats://")
        .hasMessageNotContaining("user");
  }

  @Test
  void theVariablesOfTheBoilerplateNameAnSccBroker() {
    WorkersOptions options =
        WorkersOptions.builder()
            .fromEnvironment(Map.of("SCC_STATE_SERVER_HOST", "state", "SCC_AUTH_KEY", "a key&more"))
            .build();
    assertThat(options.broker()).isEqualTo("scc://state:7777?authKey=a%20key%26more");
  }

  @ParameterizedTest
  @CsvSource({
    "SCC_STATE_SERVER_PORT,none,it has another form",
    "SCC_STATE_SERVER_PORT,70000,its port is not from 1 to 65535",
    "SCC_STATE_SERVER_HOST,my host,it has no host",
    "SCC_MAPPING_ENGINE,sipmle,mappingEngine is sipmle; allowed: skeletonRendezvous",
    "SCC_INSTANCE_IP,a b,instanceIp"
  })
  void anAddressOfAnSccClusterIsCheckedBeforeTheStart(String name, String value, String reason) {
    Map<String, String> variables = new HashMap<>();
    variables.put("SCC_STATE_SERVER_HOST", "state");
    variables.put("SCC_AUTH_KEY", "the-key");
    variables.put(name, value);
    WorkersOptions.Builder builder = WorkersOptions.builder().fromEnvironment(variables);
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("broker: ")
        .hasMessageContaining(reason)
        .hasMessageNotContaining("the-key");
  }

  @ParameterizedTest
  @CsvSource({"0,off", "1,error", "2,warn", "3,info", "DEBUG,debug", "trace,trace"})
  void theLevelOfTheLogIsANameOrANumber(String given, String level) {
    assertThat(
            WorkersOptions.builder()
                .fromEnvironment(Map.of("SOCKETCLUSTER_LOG_LEVEL", given))
                .build()
                .logLevel())
        .isEqualTo(level);
  }

  @Test
  void theDataOfOptionsMakesTheSameOptions() {
    WorkersOptions options =
        WorkersOptions.builder()
            .port(0)
            .workers(3)
            .broker("nats://localhost:4222")
            .workerStatusTimeout(Duration.ofSeconds(5))
            .jvmOptions("-Xmx64m", "-Dtext=a b")
            .directory(Path.of("there"))
            .fromMap(Map.of("pingInterval", "3s", "logLevel", "debug"))
            .build();
    WorkersOptions same = WorkersOptions.builder().fromJson(options.toJson()).build();
    assertThat(same.toJson()).isEqualTo(options.toJson());
    assertThat(same.workerStatusTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(same.jvmOptions()).containsExactly("-Xmx64m", "-Dtext=a b");
    assertThat(same.serverOptions().build().pingInterval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(same.logLevel()).isEqualTo("debug");
  }
}
