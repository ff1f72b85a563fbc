// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.heartbeat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.server.AGEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a client is asked for which form of pings, in a time that the test makes pass. */
class ClientVersionTest {
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);

  private final List<String> sent = new ArrayList<>();
  private long now;

  private static ClientVersion at(ProtocolVersion version) {
    return new ClientVersion(AGEndpoint.of("/").withProtocolVersion(version));
  }

  private ClientVersion begun(ProtocolVersion version) {
    return begun(version, PING_TIMEOUT);
  }

  private ClientVersion begun(ProtocolVersion version, Duration pingTimeout) {
    ClientVersion client = at(version);
    client.begin(now, pingTimeout, this::sent);
    return client;
  }

  private void sent(PingForm form) {
    sent.add(form.ping() + " at " + Duration.ofNanos(now).toMillis());
  }

  private void pass(ClientVersion client, Duration time) {
    long end = now + time.toNanos();
    while (now < end) {
      now += Duration.ofMillis(100).toNanos();
      client.sweep(now, this::sent);
    }
  }

  private static void hear(ClientVersion client, String message) {
    client.arrived(message.getBytes(US_ASCII));
  }

  @Test
  void aClientThatAnswersNothingIsAskedForOneFormAfterTheOther() {
    ClientVersion client = begun(ProtocolVersion.DETECT);
    pass(client, Duration.ofSeconds(20));

    assertThat(sent).containsExactly(" at 0", "#1 at 2500", "1 at 5000");
    assertThat(client.version()).isEqualTo(ProtocolVersion.DETECT);
  }

  @Test
  void aClientOfVersionTwoIsAskedOnce() {
    ClientVersion client = begun(ProtocolVersion.DETECT);
    pass(client, Duration.ofSeconds(2)); // a slow one
    hear(client, "");
    pass(client, Duration.ofSeconds(20));

    assertThat(sent).containsExactly(" at 0");
    assertThat(client.version()).isEqualTo(ProtocolVersion.V2);
  }

  @Test
  void aClientThatIsNotReadIsNotAskedForTheNextForm() {
    ClientVersion client = begun(ProtocolVersion.DETECT);
    for (int i = 0; i < 100; i++) {
      client.notRead(now);
      pass(client, Duration.ofMillis(100));
    }
    pass(client, Duration.ofSeconds(2)); // it is read again, and its pong arrives
    hear(client, "");
    pass(client, Duration.ofSeconds(20));

    assertThat(sent).containsExactly(" at 0");
    assertThat(client.version()).isEqualTo(ProtocolVersion.V2);
  }

  @Test
  void aCallThatWaitsForTheVersionDoesNotWaitForAClientThatIsNotRead() {
    ClientVersion client = begun(ProtocolVersion.DETECT);
    AtomicInteger known = new AtomicInteger();
    client.whenKnown(known::incrementAndGet);
    for (int i = 0; i < 100; i++) {
      client.notRead(now);
      pass(client, Duration.ofMillis(100));
    }

    assertThat(known).hasValue(1);
  }

  @Test
  void aClientThatAnswersTheSecondFormNeverSeesTheThird() {
    ClientVersion client = begun(ProtocolVersion.DETECT);
    pass(client, Duration.ofSeconds(4));
    hear(client, "#2");
    pass(client, Duration.ofSeconds(20));
    client.ping(now, this::sent);

    assertThat(sent).containsExactly(" at 0", "#1 at 2500", "#1 at 24000");
    assertThat(client.version()).isEqualTo(ProtocolVersion.V1);
  }

  @Test
  void aClientThatAnswersTheThirdIsOneOfVersionOne() {
    ClientVersion client = begun(ProtocolVersion.DETECT);
    pass(client, Duration.ofSeconds(6));
    hear(client, "2");
    sent.clear();
    client.ping(now, this::sent);

    assertThat(sent).containsExactly("1 at 6000");
    assertThat(client.version()).isEqualTo(ProtocolVersion.V1);
  }

  @Test
  void pingsHaveTheFormsThatWereAskedFor() {
    ClientVersion client = begun(ProtocolVersion.DETECT);
    pass(client, Duration.ofSeconds(3));
    sent.clear();
    client.ping(now, this::sent);
    pass(client, Duration.ofSeconds(5));
    client.ping(now, this::sent);

    assertThat(sent)
        .containsExactly(
            " at 3000", "#1 at 3000", "1 at 5000", " at 8000", "#1 at 8000", "1 at 8000");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 1000, 3000, 8000, 20_000, 60_000, 3_600_000})
  void everyFormIsAskedForBeforeTheTimeOfAClientIsOver(int pingTimeout) {
    begunAndAlone(ProtocolVersion.DETECT, pingTimeout);
    assertThat(sent).hasSize(3);

    now = 0;
    sent.clear();
    begunAndAlone(ProtocolVersion.V1, pingTimeout);
    assertThat(sent).hasSize(2);
  }

  private void begunAndAlone(ProtocolVersion version, int pingTimeout) {
    ClientVersion client = begun(version, Duration.ofMillis(pingTimeout));
    pass(client, Duration.ofMillis(pingTimeout * 3L / 4));
  }

  /** Go's first client takes the time until its first ping for the interval of pings. */
  @Test
  void aClientOfVersionOneIsNotPingedAtOnce() {
    ClientVersion client = begun(ProtocolVersion.V1);
    pass(client, Duration.ofSeconds(8));
    client.ping(now, this::sent);
    pass(client, Duration.ofSeconds(20));

    assertThat(sent).containsExactly("#1 at 8000", "1 at 10500");
  }

  @Test
  void aLongIntervalOfPingsLeavesTimeForBothFormsOfVersionOne() {
    ClientVersion client = begun(ProtocolVersion.V1); // the interval is almost the time-out
    pass(client, Duration.ofSeconds(20));

    assertThat(sent).containsExactly("#1 at 10000", "1 at 12500");
  }

  @Test
  void aDigitThatAnswersTheHashIsItsPong() {
    ClientVersion client = begun(ProtocolVersion.V1);
    client.ping(now, this::sent);
    hear(client, "2");
    pass(client, Duration.ofSeconds(20));
    client.ping(now, this::sent);

    assertThat(sent).containsExactly("#1 at 0", "#1 at 20000");
    assertThat(client.isPong("2")).isTrue();
  }

  @Test
  void theRealPongOverrulesADigitOfTheApplication() {
    ClientVersion client = begun(ProtocolVersion.DETECT);
    pass(client, Duration.ofSeconds(6));
    hear(client, "2");
    hear(client, "#2");
    sent.clear();
    client.ping(now, this::sent);

    assertThat(sent).containsExactly("#1 at 6000");
    assertThat(client.isPong("2")).isFalse();
  }

  @Test
  void whatNobodyAskedForIsAMessageOfTheApplication() {
    ClientVersion client = begun(ProtocolVersion.DETECT);
    hear(client, "2");

    assertThat(client.isPong("2")).isFalse();
    assertThat(client.version()).isEqualTo(ProtocolVersion.DETECT);
  }

  @Test
  void thePongOfVersionTwoOverrulesWhatLookedLikeVersionOne() {
    ClientVersion client = begun(ProtocolVersion.DETECT);
    hear(client, "#2"); // unasked
    assertThat(client.version()).isEqualTo(ProtocolVersion.V1);
    hear(client, "");

    assertThat(client.version()).isEqualTo(ProtocolVersion.V2);
  }

  @Test
  void aPacketOfVersionOneTells() {
    ClientVersion client = begun(ProtocolVersion.DETECT);
    client.heardOne();
    assertThat(client.version()).isEqualTo(ProtocolVersion.V1);
    pass(client, Duration.ofSeconds(20));

    assertThat(sent).containsExactly(" at 0", "#1 at 2500", "1 at 5000");
  }

  @Test
  void aCallThatWaitsMakesTheServerAskSooner() {
    ClientVersion client = begun(ProtocolVersion.DETECT);
    List<Long> ran = new ArrayList<>();
    client.whenKnown(() -> ran.add(now));
    pass(client, Duration.ofSeconds(20));

    assertThat(sent).containsExactly(" at 0", "#1 at 1000", "1 at 2000");
    assertThat(ran).containsExactly(Duration.ofSeconds(3).toNanos());
  }

  @Test
  void aCallWaitsForThePongOnly() {
    ClientVersion client = begun(ProtocolVersion.DETECT);
    List<ProtocolVersion> ran = new ArrayList<>();
    client.whenKnown(() -> ran.add(client.version()));
    assertThat(ran).isEmpty();
    hear(client, "");

    assertThat(ran).containsExactly(ProtocolVersion.V2);
  }

  @Test
  void callsOfAClientThatAnswersNothingWaitOnce() {
    ClientVersion client = begun(ProtocolVersion.DETECT);
    pass(client, Duration.ofSeconds(10));
    List<String> ran = new ArrayList<>();
    client.whenKnown(() -> ran.add("at once"));

    assertThat(ran).containsExactly("at once");
  }

  @Test
  void callsBeforeTheHandshakeDoNotWait() {
    List<String> ran = new ArrayList<>();
    at(ProtocolVersion.DETECT).whenKnown(() -> ran.add("at once"));

    assertThat(ran).containsExactly("at once");
  }

  @Test
  void aPingDuringALongHandshakeHasOneFormOnly() {
    at(ProtocolVersion.DETECT).ping(now, this::sent);

    assertThat(sent).containsExactly(" at 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "#1", "1", "#2 ", "12", "ab"})
  void aPlainEndpointOfVersionTwoIsNotImpressedByWhatIsNotItsPong(String message) {
    ClientVersion client = begun(ProtocolVersion.V2);
    hear(client, message);

    assertThat(client.version()).isEqualTo(ProtocolVersion.V2);
    assertThat(client.isPong(message)).isEqualTo(message.isEmpty());
    assertThat(sent).isEmpty();
  }
}
