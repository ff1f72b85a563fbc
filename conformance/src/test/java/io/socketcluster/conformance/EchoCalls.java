// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.ConnectionEvent;

/** Tries whether a way to a server leads there, with its procedure {@code echo}. */
final class EchoCalls {
  private EchoCalls() {}

  static void assertTalks(AGClientOptions.Builder options) throws InterruptedException {
    AGClientSocket socket = SocketClusterClient.create(options.build());
    assertThat(socket.call("echo", "hello").stringValue()).isEqualTo("hello");
    socket.disconnect();
  }

  /** Returns why there is no connection. */
  static Throwable refusal(AGClientOptions.Builder options) throws InterruptedException {
    AGClientSocket socket = SocketClusterClient.create(options.autoReconnect(false).build());
    ConnectionEvent.Closed closed = socket.listener(AGClientSocket.CONNECT_ABORT).once();
    assertThat(closed.code()).isEqualTo(1006);
    return socket.listener(AGClientSocket.ERROR).once().error();
  }
}
