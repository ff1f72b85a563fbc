// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** A port that is held and not listened to. */
class PortReservationTest {
  @Test
  void aPortThatIsTakenIsRefused() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertThatThrownBy(() -> PortReservation.of(null, taken.getLocalPort()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aReservedPortTakesNoConnection() throws IOException {
    try (PortReservation held = PortReservation.of(null, 0)) {
      assertThat(held.port()).isPositive();
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), held.port()).close())
          .isInstanceOf(IOException.class);
    }
  }
}
