// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Instant.ofEpochSecond;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.Payload;
import io.socketcluster.server.internal.cluster.Order.Action;
import io.socketcluster.server.tokens.TokenRevocation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServersJsonTest {
  private static final TokenRevocation REVOCATION =
      new TokenRevocation("n", Payload.of("v").node(), null, Instant.ofEpochMilli(1234));

  private static ServersMessage question(Action action, Target target, int code) {
    return new ServersMessage.Question("s", 7, new Order(action, target, "c", code, "text"));
  }

  static Stream<ServersMessage> messages() {
    return Stream.of(
        new ServersMessage.Here("s"),
        new ServersMessage.Leaving("s"),
        new ServersMessage.Answer("s", 1, 2),
        question(Action.COUNT, new Target.Everyone(), 0),
        question(Action.COUNT, new Target.Subscribers("news"), 0),
        question(Action.KICK_OUT, new Target.SocketId("id"), 0),
        question(Action.DISCONNECT, new Target.Claim("n", Payload.of("v").node()), 4000),
        question(Action.REVOKE, new Target.Revoked(REVOCATION), 0),
        question(Action.REVOKE, new Target.Revoked(REVOCATION.issuedUntil(ofEpochSecond(7))), 0),
        new ServersMessage.Revoked("s", List.of(REVOCATION)),
        question(Action.DEAUTHENTICATE, new Target.Claim("n", Payload.of(7).node()), 0));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void whatIsWrittenIsReadAgain(ServersMessage message) {
    assertThat(ServersJson.read(ServersJson.write(message))).isEqualTo(message);
  }

  @Test
  void membersOfALaterVersionAreIgnored() {
    byte[] json = "{\"from\":\"s\",\"type\":\"here\",\"later\":[1]}".getBytes(UTF_8);

    assertThat(ServersJson.read(Payload.ofJson(json, 0, json.length)))
        .isEqualTo(new ServersMessage.Here("s"));
  }

  @Test
  void aMessageThatIsTooLongIsNotDecoded() {
    assertThat(ServersJson.read(Payload.of("x".repeat(200_000)))).isNull();
  }

  @Test
  void manyRevocationsAreToldInMessagesThatCanBeRead() {
    List<TokenRevocation> all = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      all.add(TokenRevocation.ofUser("\u0000".repeat(i % 256 + 1), i, Duration.ofDays(1)));
    }
    List<TokenRevocation> read = new ArrayList<>();
    for (ServersMessage page : ServersMessage.Revoked.pages("s", all)) {
      if (ServersJson.read(ServersJson.write(page)) instanceof ServersMessage.Revoked revoked) {
        read.addAll(revoked.revocations());
      }
    }
    assertThat(read).extracting(TokenRevocation::value).hasSize(5_000);
    assertThat(read).extracting(TokenRevocation::claim).contains("\u0000".repeat(256));
  }

  @Test
  void aRevocationWithoutAnEndOrWithAValueThatIsNoneIsNotRead() {
    for (String told :
        List.of(
            "{\"claim\":\"n\",\"value\":1}",
            "{\"claim\":\"n\",\"value\":[],\"kept\":1}",
            "{\"claim\":\"\",\"value\":1,\"kept\":1}",
            "{\"claim\":\"n\",\"value\":1,\"kept\":9000000000000000000}")) {
      byte[] json =
          ("{\"from\":\"s\",\"type\":\"question\",\"number\":1,\"action\":\"revoke\",\"revoke\":"
                  + told
                  + "}")
              .getBytes(UTF_8);
      assertThat(ServersJson.read(Payload.ofJson(json, 0, json.length))).as(told).isNull();
    }
  }

  @Test
  void noMessageIsAboutEveryClientUnlessItCounts() {
    ServersMessage all = question(Action.DISCONNECT, new Target.Everyone(), 4000);

    assertThat(ServersJson.read(ServersJson.write(all))).isNull();
  }
}
