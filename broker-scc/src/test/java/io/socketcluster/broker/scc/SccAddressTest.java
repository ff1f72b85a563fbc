// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.scc.SccOptions.StateAddress;
import io.socketcluster.broker.scc.internal.InstanceUri;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SccAddressTest {
  @ParameterizedTest
  @CsvSource({
    "scc://state.example.com,       state.example.com, 7777, false",
    "scc://10.0.0.1:9,              10.0.0.1,          9,    false",
    "sccs://state:443/,             state,             443,  true",
    "'scc://[2001:db8::1]:7778',    2001:db8::1,       7778, false"
  })
  void anAddressHasHostAndPort(String url, String host, int port, boolean secure) {
    SccAddress address = SccAddress.parse(url);

    assertThat(address.state()).isEqualTo(new StateAddress(host, port, secure));
    assertThat(address.settings()).isEmpty();
  }

  @Test
  void theQueryIsDecoded() {
    assertThat(SccAddress.parse("scc://h?authKey=a%26b+%C3%BC&version=10.0.0&&x").settings())
        .isEqualTo(Map.of("authKey", "a&b+ü", "version", "10.0.0", "x", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "scc:",
        "scc://",
        "ws://host:1",
        "scc://secret@host",
        "scc://host:0",
        "scc://host:65536",
        "scc://host:99999",
        "scc://host:x",
        "scc://host/path",
        "scc://[host]:1",
        "scc://[::1",
        "scc://ho st",
        "scc://host?authKey=secret%2",
        "scc://host#secret",
        "scc://-host"
      })
  void anythingElseIsRefusedWithoutBeingQuoted(String url) {
    assertThatThrownBy(() -> SccAddress.parse(url))
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("allowed: scc://")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "scc://h?port=1,              port",
    "scc://h?version=ten,         version",
    "scc://h?instancePort=0,      instancePort",
    "scc://h?instancePort=1e3,    instancePort",
    "scc://h?instanceIp=a/b,      instanceIp",
    "scc://h?mappingEngine=other, mappingEngine"
  })
  void aWrongSettingIsNamed(String url, String setting) {
    assertThatThrownBy(() -> SccBroker.at(url).build())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining(setting);
    assertThatThrownBy(() -> SccBroker.at("scc://h").moveDelay(Duration.ofHours(1)).build())
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessageContaining("moveDelay");
  }

  @Test
  void anEngineThatReachesNobodyCanBeClosed() {
    AGBrokerEngine engine =
        SccBroker.at("scc://127.0.0.1:1?authKey=secret&mappingEngine=simple").build();

    assertThat(engine.isReady()).isFalse();
    assertThat(engine.close()).succeedsWithin(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @CsvSource({
    "ws://10.0.0.9:8888,           ws://10.0.0.9:8888",
    "ws://[127.0.0.1]:8889,        ws://127.0.0.1:8889",
    "ws://[::ffff:10.0.0.9]:8888,  ws://[::ffff:10.0.0.9]:8888",
    "wss://broker-1.example.com:1, wss://broker-1.example.com:1"
  })
  void theAddressOfABrokerIsReadInAnyFormThatStateServersWrite(String text, String read) {
    assertThat(InstanceUri.parse(text)).hasToString(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ws://",
        "ws://host",
        "http://host:1",
        "ws://host:0",
        "ws://host:65536",
        "ws://::1:80",
        "ws://[host name]:1",
        "ws://user@host:1",
        "ws://host:1/path",
        "ws://host:1?x",
        "ws://[]:1",
        "ws://a\r\nb:1",
        "ws://undefined:undefined"
      })
  void whatIsNoAddressOfABrokerIsNotRead(String text) {
    assertThat(InstanceUri.parse(text)).isNull();
  }
}
