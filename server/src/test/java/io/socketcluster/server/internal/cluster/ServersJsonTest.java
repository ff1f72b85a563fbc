// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.protocol.Payload;
import io.socketcluster.server.internal.cluster.Order.Action;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServersJsonTest {
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
  void noMessageIsAboutEveryClientUnlessItCounts() {
    ServersMessage all = question(Action.DISCONNECT, new Target.Everyone(), 4000);

    assertThat(ServersJson.read(ServersJson.write(all))).isNull();
  }
}
