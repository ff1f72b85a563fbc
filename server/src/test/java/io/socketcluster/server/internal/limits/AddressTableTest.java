// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.RateLimit;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AddressTableTest {
  private static final long NOW = 12_345;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final AddressTable table =
      new AddressTable(
          AGServerOptions.builder()
              .addressHandshakeRate(RateLimit.of(2, Duration.ofSeconds(2)))
              .build());

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private AddressLimits enter(String literal) {
    return Objects.requireNonNull(table.enter(address(literal), NOW));
  }

  private void leave(String literal, AddressLimits limits, long now) {
    table.leave(address(literal), limits, now);
  }

  @Test
  void connectionsOfOneAddressShareItsLimits() {
    AddressLimits first = enter("192.0.2.1");

    assertThat(enter("192.0.2.1")).isSameAs(first);
    assertThat(enter("::ffff:192.0.2.1")).as("the same in another form").isSameAs(first);
    assertThat(enter("192.0.2.2")).isNotSameAs(first);
  }

  @Test
  void ofIpv6AllOfA64IsOneAddress() {
    AddressLimits first = enter("2001:db8:1:2::1");

    assertThat(enter("2001:db8:1:2:ffff:ffff:ffff:ffff")).isSameAs(first);
    assertThat(enter("2001:db8:1:3::1")).isNotSameAs(first);
    assertThat(enter("0.0.0.1")).isNotSameAs(enter("::2")); // the same bits
  }

  @Test
  void leavingAndComingBackDoesNotFillTheBucket() {
    AddressLimits first = enter("192.0.2.1");
    assertThat(first.mayShakeHands(NOW)).isTrue();
    assertThat(first.mayShakeHands(NOW)).isTrue();
    leave("192.0.2.1", first, NOW);

    AddressLimits again = enter("192.0.2.1");

    assertThat(again.mayShakeHands(NOW)).isFalse();
    assertThat(again.mayShakeHands(NOW + SECOND)).isTrue();
  }

  @Test
  void whoHasLeftIsForgottenOnceItsBucketIsFull() {
    AddressLimits first = enter("192.0.2.1");
    first.mayShakeHands(NOW);
    leave("192.0.2.1", first, NOW + SECOND);

    assertThat(table.size()).isZero();
  }

  @Test
  void whoHasLeftBeforeItsBucketWasFullIsForgottenWhenOthersLeave() {
    AddressLimits first = enter("192.0.2.1");
    first.mayShakeHands(NOW);
    leave("192.0.2.1", first, NOW);
    AddressLimits second = enter("192.0.2.2");
    second.mayShakeHands(NOW + 2 * SECOND);
    assertThat(table.size()).isEqualTo(2);

    leave("192.0.2.2", second, NOW + 2 * SECOND);

    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void howeverManyAddressesComeTheTableIsBounded() throws Exception {
    AddressLimits stays = enter("192.0.2.1");
    for (int i = 0; i < AddressTable.MOST_ABSENT + 10_000; i++) {
      InetAddress address =
          InetAddress.getByAddress(ByteBuffer.allocate(16).putInt(0x20010db8).putInt(i).array());
      AddressLimits limits = Objects.requireNonNull(table.enter(address, NOW));
      limits.mayShakeHands(NOW);
      table.leave(address, limits, NOW);
    }

    assertThat(table.size()).isEqualTo(AddressTable.MOST_ABSENT + 1);
    assertThat(enter("192.0.2.1")).as("who is there is not forgotten").isSameAs(stays);
  }

  @Test
  void withoutLimitsNothingIsKept() {
    AddressTable none = new AddressTable(AGServerOptions.DEFAULT);

    assertThat(none.enter(address("192.0.2.1"), NOW)).isNull();
    assertThat(table.enter(null, NOW)).as("no address").isNull();
  }
}
