// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.tokens;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AuthStatus;
import io.socketcluster.client.internal.connection.OutboundEvent;
import io.socketcluster.client.internal.loop.HandOver;
import io.socketcluster.client.internal.loop.SocketLoop;
import io.socketcluster.client.internal.outbound.Outbound;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.errors.ResourceLimitError;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Logs in and out at the wish of the application. Thread-safe. */
public final class LoginRequests {
  private final SocketLoop loop;
  private final Supplier<AGClientOptions> options;
  private final Authentication authentication;
  private final Outbound outbound;
  private final HandOver handOver;

  /** Creates the requests of a socket. */
  public LoginRequests(
      SocketLoop loop,
      Supplier<AGClientOptions> options,
      Authentication authentication,
      Outbound outbound,
      HandOver handOver) {
    this.loop = loop;
    this.options = options;
    this.authentication = authentication;
    this.outbound = outbound;
    this.handOver = handOver;
  }

  /** Asks the server to accept a token. */
  public CompletableFuture<AuthStatus> authenticate(String signedAuthToken) {
    LoginAttempt attempt = new LoginAttempt(signedAuthToken);
    CompletableFuture<@Nullable Payload> answer = new CompletableFuture<>();
    CompletableFuture<AuthStatus> status =
        answer.handle((data, failure) -> authentication.authenticated(attempt, data, failure));
    try {
      outbound.accept(event(attempt, answer));
    } catch (ResourceLimitError e) { // which says nothing about the token
      return CompletableFuture.failedFuture(e);
    }
    return handOver.of(status, Function.identity());
  }

  private OutboundEvent event(LoginAttempt attempt, CompletableFuture<@Nullable Payload> answer) {
    Payload token = Payload.of(attempt.token());
    long deadline = outbound.deadline(options.get().ackTimeout());
    return OutboundEvent.event(ReservedEvents.AUTHENTICATE, token, answer, deadline)
        .whenSent(() -> authentication.sent(attempt));
  }

  /** Gives the token up; the future completes when the auth engine has removed it. */
  public CompletableFuture<Void> deauthenticate() {
    CompletableFuture<Void> removed = new CompletableFuture<>();
    loop.await(
        () ->
            authentication
                .deauthenticate()
                .whenComplete(
                    (done, failure) -> {
                      if (failure == null) {
                        removed.complete(null);
                      } else {
                        removed.completeExceptionally(failure);
                      }
                    }));
    return handOver.of(removed, Function.identity());
  }
}
