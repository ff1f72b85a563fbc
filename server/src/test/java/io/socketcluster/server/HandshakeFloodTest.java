// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.testkit.RawClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that are open and say nothing keep nobody waiting. */
class HandshakeFloodTest {
  private static final int FLOOD = 400;

  /** Each of these places would be lost for some time for each of the silent. */
  private static final int PLACES = 2;

  private static byte[] upgrade(TestServer test) {
    return RawClient.upgradeRequest(test.server().getPath()).getBytes(ISO_8859_1);
  }

  enum Silence {
    NOTHING_AT_ALL(client -> {}),
    HALF_A_HEAD(client -> client.write("GET /socketcluster/ HTTP/1.1\r\nHo".getBytes(ISO_8859_1))),
    HALF_A_TLS_HELLO(client -> client.write(new byte[] {22, 3, 1, 2, 0, 1})),
    UPGRADE(client -> client.write(upgrade())),
    UPGRADE_AND_HALF_A_FRAME(
        client -> {
          client.write(upgrade());
          client.write(new byte[] {(byte) 0x81, (byte) 0xFE});
        }),
    UPGRADE_AND_PINGS(
        client -> {
          client.write(upgrade());
          client.write(RawClient.frame(0x89, new byte[0]));
          client.write(RawClient.frame(0x89, new byte[100]));
        });

    @SuppressWarnings("ImmutableEnumChecker") // no lambda here keeps anything
    private final Consumer<RawClient> begin;

    Silence(Consumer<RawClient> begin) {
      this.begin = begin;
    }

    private static byte[] upgrade() {
      return RawClient.upgradeRequest("/socketcluster/").getBytes(ISO_8859_1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClientBehindManyThatSayNothingComesIn(Silence silence) {
    try (TestServer test = TestServer.start(options -> options.handshakeConcurrency(PLACES))) {
      for (int i = 0; i < FLOOD; i++) {
        silence.begin.accept(test.tcp());
      }
      RawClient honest = test.tcp();
      honest.write(upgrade(test));

      honest.readUpgradeAnswer();
      assertThat(honest.handshake(null).path("id").isString()).isTrue();
    }
  }

  @Test
  void aClientWhosePlaceWasTakenShakesHandsAllTheSame() {
    try (TestServer test = TestServer.start(options -> options.handshakeConcurrency(1))) {
      RawClient first = test.upgraded();
      RawClient second = test.upgraded();
      RawClient third = test.upgraded();

      assertThat(first.handshake(null).path("id").isString()).isTrue();
      assertThat(third.handshake(null).path("id").isString()).isTrue();
      assertThat(second.handshake(null).path("id").isString()).isTrue();
    }
  }

  /** The middleware is asked about as many handshakes at once as may be in progress. */
  @Test
  void clientsThatGoOnWhileOthersAreDecidedWaitForTheirTurn() {
    CompletableFuture<AGAction> asked = new CompletableFuture<>();
    AtomicInteger handshakes = new AtomicInteger();
    try (TestServer test =
        TestServer.start(
            options -> options.handshakeConcurrency(1),
            server ->
                server.setMiddleware(
                    AGServer.MIDDLEWARE_HANDSHAKE,
                    AGMiddleware.each(
                        action -> {
                          if (action.type() != AGAction.Type.HANDSHAKE_SC
                              || handshakes.incrementAndGet() > 1) {
                            action.allow();
                          } else {
                            asked.complete(action);
                          }
                        })))) {
      RawClient first = test.upgraded();
      RawClient second = test.upgraded();
      String handshake = "{\"event\":\"#handshake\",\"data\":{},\"cid\":1}";
      first.send(handshake);
      asked.join();
      second.send(handshake);
      second.sendFrame(9, new byte[0]);
      test.tcp().write(upgrade(test));

      assertThat(second.waiting()).isZero();
      asked.join().allow();

      assertThat(first.nextJson().path("rid").asInt()).isEqualTo(1);
      assertThat(second.nextJson().path("rid").asInt()).isEqualTo(1);
      assertThat(handshakes).hasValue(2);
    }
  }
}
