// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AddressCountsTest {
  private final AddressCounts counts = new AddressCounts(2);

  @Test
  void anAddressHasItsLimitAndCostsNothingAfterwards() throws Exception {
    InetAddress one = InetAddress.getByName("192.0.2.1");
    assertThat(counts.enter(one)).isTrue();
    assertThat(counts.enter(one)).isTrue();
    assertThat(counts.enter(one)).isFalse();
    assertThat(counts.enter(InetAddress.getByName("192.0.2.2"))).isTrue();
    counts.leave(one);
    assertThat(counts.enter(one)).isTrue();
    counts.leave(one);
    counts.leave(one);
    assertThat(counts.addresses()).isEqualTo(1);
  }

  @Test
  void aNetworkOfIpv6IsOneAddress() throws Exception {
    assertThat(counts.enter(InetAddress.getByName("2001:db8:0:1::1"))).isTrue();
    assertThat(counts.enter(InetAddress.getByName("2001:db8:0:1::2"))).isTrue();
    assertThat(counts.enter(InetAddress.getByName("2001:db8:0:1:ffff::3"))).isFalse();
    assertThat(counts.enter(InetAddress.getByName("2001:db8:0:2::1"))).isTrue();
  }

  @Test
  void withoutAnAddressThereIsNoLimit() {
    assertThat(counts.enter(null)).isTrue();
    counts.leave(null);
    assertThat(counts.addresses()).isZero();
  }
}
