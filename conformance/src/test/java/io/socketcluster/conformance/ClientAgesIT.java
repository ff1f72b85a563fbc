// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import io.socketcluster.codec.minbin.MinBinCodec;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServerOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The clients of every age, in both versions of the protocol, on one server. */
class ClientAgesIT {
  private static final Duration PING_INTERVAL = Duration.ofMillis(250);
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(2);

  private static final String CLASSIC =
      "2.2.25,2.3.18,2.4.1,3.1.1,4.0.0,4.3.19,5.0.21,5.5.2,6.4.0,7.0.2,8.0.2,9.0.4,10.1.2,11.2.2,"
          + "13.0.1,14.3.2";
  private static final String MODERN = "15.1.0,16.1.1,17.2.2,18.3.0,19.2.7,20.0.2";

  private static final String VERSION_ONE = "/socketcluster-v1/";
  private static final String VERSION_TWO = "/socketcluster-v2/";
  private static final String DEFAULT = "/socketcluster/";
  private static final CodecEngine MIN_BIN = new MinBinCodec();

  @RegisterExtension
  static final RunningServer SERVER = new RunningServer(port -> TestServers.demo(port, options()));

  private static AGServerOptions.Builder options() {
    AGEndpoint minBin = AGEndpoint.of("/min-bin-v2/").withCodecEngine(MIN_BIN);
    AGEndpoint oldMinBin =
        AGEndpoint.of("/min-bin-v1/")
            .withCodecEngine(MIN_BIN)
            .withProtocolVersion(ProtocolVersion.V1);
    AGEndpoint textPings =
        AGEndpoint.of("/min-bin-text-pings/")
            .withCodecEngine(MIN_BIN)
            .withProtocolVersion(ProtocolVersion.V1)
            .withPingsThroughCodec(false);
    return AGServerOptions.builder()
        .pingInterval(PING_INTERVAL)
        .pingTimeout(PING_TIMEOUT)
        .endpoint(AGEndpoint.of(VERSION_TWO).withProtocolVersion(ProtocolVersion.V2))
        .endpoint(minBin)
        .endpoint(oldMinBin)
        .endpoint(textPings);
  }

  /** Each group is {@code path protocolVersion codec versions}. */
  private static void runAll(String... groups) {
    Scenario.named("client-ages")
        .with("groups", String.join(";", groups))
        .with("pingTimeout", PING_TIMEOUT.toMillis())
        .run(SERVER.port());
  }

  private static String json(String path, int version, String versions) {
    return String.join("|", path, String.valueOf(version), "json", versions);
  }

  @Test
  void clientsOfBothVersionsDoAllTheyCanAndShareARoom() {
    runAll(
        json(VERSION_ONE, 1, CLASSIC), json(VERSION_ONE, 1, MODERN), json(VERSION_TWO, 2, MODERN));
  }

  @Test
  void theDefaultEndpointServesThemAll() {
    runAll(json(DEFAULT, 1, CLASSIC), json(DEFAULT, 1, MODERN), json(DEFAULT, 2, MODERN));
  }

  @Test
  void clientsWithMessagePackShareARoomWithThoseThatUseJson() {
    runAll(
        "/min-bin-v1/|1|min-bin|5.5.2,8.0.2,14.3.2",
        "/min-bin-v2/|2|min-bin|" + MODERN,
        "/min-bin-text-pings/|1|min-bin|15.1.0,20.0.2",
        json(VERSION_ONE, 1, "2.2.25,14.3.2"),
        json(VERSION_TWO, 2, "20.0.2"));
  }
}
