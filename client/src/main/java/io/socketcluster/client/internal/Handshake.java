// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.protocol.CloseCode;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.errors.AGException;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Introduces the socket on a new connection, with the token that was kept. Event loop only. */
final class Handshake {
  private final DefaultClientSocket socket;
  private final Connection connection;
  private final AGClientOptions options;
  private int removalsBefore;

  Handshake(DefaultClientSocket socket, Connection connection, AGClientOptions options) {
    this.socket = socket;
    this.connection = connection;
    this.options = options;
  }

  void begin() {
    Authentication authentication = socket.parts().authentication();
    removalsBefore = authentication.removals();
    authentication.loadToken().thenAccept(this::send).exceptionally(this::fail);
  }

  private void send(@Nullable String token) {
    if (!isCurrent()) {
      return;
    }
    CompletableFuture<@Nullable Payload> answer = new CompletableFuture<>();
    Payload data = Payload.of(Collections.singletonMap("authToken", token));
    connection.invokeNow(ReservedEvents.HANDSHAKE, data, options.ackTimeout(), answer);
    answer
        .handle(
            (status, failure) -> {
              answered(token, status, failure);
              return null;
            })
        .exceptionally(this::fail);
  }

  private void answered(
      @Nullable String token, @Nullable Payload answer, @Nullable Throwable failure) {
    if (!isCurrent()) {
      return;
    }
    HandshakeStatus status;
    try {
      if (failure instanceof AGException refused) {
        throw refused;
      }
      status = HandshakeStatus.of(answer);
    } catch (AGException e) {
      socket.parts().events().error(e);
      connection.fail(code(e), e.toString(), e);
      return;
    }
    socket.parts().cycle().opened(connection, status, token, removalsBefore);
  }

  /** Something failed that nobody thought of: the next connection may do better. */
  private @Nullable Void fail(Throwable unexpected) {
    if (isCurrent()) {
      socket.parts().events().failed("The handshake of a client failed", unexpected);
      connection.fail(CloseCode.HANDSHAKE_FAILED, null, unexpected);
    }
    return null;
  }

  private boolean isCurrent() {
    return socket.parts().cycle().isCurrent(connection);
  }

  private static int code(AGException refused) {
    return refused.properties().get("statusCode") instanceof Number number
            && CloseCode.isApplicable(number.intValue())
        ? number.intValue()
        : CloseCode.HANDSHAKE_FAILED;
  }
}
