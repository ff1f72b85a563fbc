// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.internal.loop.LoopTime;
import io.socketcluster.server.internal.loop.StubLife;
import io.socketcluster.server.internal.transport.EmbeddedWire;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final AGServerOptions options =
      AGServerOptions.builder()
          .pingInterval(Duration.ofSeconds(8))
          .pingTimeout(Duration.ofSeconds(20))
          .handshakeTimeout(Duration.ofSeconds(10))
          .build();
  private final EmbeddedWire wire = new EmbeddedWire(options);
  private final LoopTime time = new LoopTime(SECOND, 0);
  private final StubLife life = new StubLife();
  private long now;

  private Heartbeat heartbeat(AGEndpoint endpoint) {
    Liveness liveness = new Liveness(options, time, 0);
    ClientVersion version = new ClientVersion(endpoint);
    return new Heartbeat(liveness, version, wire.connection(), endpoint, life);
  }

  private Heartbeat ofVersion(ProtocolVersion version) {
    return heartbeat(AGEndpoint.of("/").withProtocolVersion(version));
  }

  private void sweep(Heartbeat heartbeat, int seconds, boolean deaf) {
    for (int i = 0; i < seconds && !life.isClosed(); i++) {
      now += SECOND;
      time.sweep(now);
      heartbeat.sweep(now, deaf);
    }
  }

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void aClientThatNeverAsksForItsHandshakeIsClosed() {
    Heartbeat heartbeat = ofVersion(ProtocolVersion.V2);
    sweep(heartbeat, 11, false);

    assertThat(life.closes()).containsExactly(CloseCode.HANDSHAKE_TIMEOUT + " ");
    assertThat(wire.sent()).as("a pong would be a message before the handshake").isEmpty();
  }

  @Test
  void eachVersionIsPingedInItsForm() {
    Heartbeat second = ofVersion(ProtocolVersion.V2);
    second.handshakeReceived();
    sweep(second, 9, false);
    assertThat(wire.sent()).containsExactly("");

    Heartbeat first = ofVersion(ProtocolVersion.V1);
    first.handshakeReceived();
    first.heard();
    sweep(first, 9, false);
    assertThat(wire.sent()).containsOnly("#1");
  }

  @Test
  void aClientThatIsSilentForTheTimeoutIsClosed() {
    Heartbeat heartbeat = ofVersion(ProtocolVersion.V2);
    heartbeat.handshakeReceived();
    sweep(heartbeat, 60, false);

    assertThat(life.closes()).containsExactly(CloseCode.PONG_TIMEOUT + " ");
  }

  @Test
  void aClientThatIsNotReadIsNotMissed() {
    Heartbeat heartbeat = ofVersion(ProtocolVersion.V2);
    heartbeat.handshakeReceived();
    sweep(heartbeat, 60, true);

    assertThat(life.closes()).isEmpty();
  }

  @Test
  void aPongIsKnownByItsForm() {
    byte[] empty = {};
    byte[] hash = {'#', '2'};
    assertThat(ofVersion(ProtocolVersion.V2).isCertainPong(empty)).isTrue();
    assertThat(ofVersion(ProtocolVersion.V2).isPong(hash)).isFalse();

    AGEndpoint first = AGEndpoint.of("/").withProtocolVersion(ProtocolVersion.V1);
    Heartbeat plain = heartbeat(first.withPingsThroughCodec(false));
    assertThat(plain.isCertainPong(hash)).isTrue();
    Heartbeat encoded = heartbeat(first.withPingsThroughCodec(true));
    assertThat(encoded.isCertainPong(hash)).as("it may be a packet").isFalse();
    assertThat(encoded.isPong(hash)).isTrue();
  }

  @Test
  void aClientOfUnknownVersionIsAskedWhenSomethingDependsOnIt() {
    Heartbeat known = ofVersion(ProtocolVersion.V2);
    assertThat(known.askIfUnknown(options.pingTimeout())).isFalse();

    Heartbeat unknown = ofVersion(ProtocolVersion.DETECT);
    assertThat(unknown.askIfUnknown(options.pingTimeout())).isTrue();
    int sweeps = life.sweeps();
    unknown.whenKnown(() -> {});
    assertThat(life.sweeps()).as("it is asked sooner").isGreaterThan(sweeps);
  }
}
