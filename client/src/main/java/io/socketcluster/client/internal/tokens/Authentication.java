// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.tokens;

import io.socketcluster.client.AuthStatus;
import io.socketcluster.client.internal.connection.Connection;
import io.socketcluster.client.internal.connection.CurrentConnection;
import io.socketcluster.client.internal.connection.HandshakeStatus;
import io.socketcluster.client.internal.outbound.OutboundQueue;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.TimeoutError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Decides which token counts: those of the application, of the server and of the auth engine cross
 * each other on their way. Event loop only.
 */
public final class Authentication {
  private final CurrentConnection current;
  private final Logins logins;
  private final KeptToken kept;
  private final TokenRemoval removal;
  private final OutboundQueue queue;
  private int removals;
  private long changes; // logins sent and logouts, as the application asked for them
  private long lastLogout; // the number of a change, as is the next
  private long lastDecided;

  /** Begins logged out. */
  public Authentication(
      CurrentConnection current,
      Logins logins,
      KeptToken kept,
      TokenRemoval removal,
      OutboundQueue queue) {
    this.current = current;
    this.logins = logins;
    this.kept = kept;
    this.removal = removal;
    this.queue = queue;
  }

  /** Returns how often the token was taken away. */
  public int removals() {
    return removals;
  }

  /**
   * The server has answered the handshake.
   *
   * @param token what the handshake had
   * @param removalsBefore how often a token had been taken away when that was loaded
   */
  public void handshaken(
      Connection connection, HandshakeStatus status, @Nullable String token, int removalsBefore) {
    if (token == null || !status.isAuthenticated()) {
      logins.logOut();
    } else if (removals == removalsBefore) {
      logins.logIn(token);
    } else { // the application has logged out in the meantime
      logins.logOut();
      removal.send(connection);
    }
  }

  /** The server gives a token, which is to be kept if no logout has crossed it. */
  public void givenToken(Connection connection, String token) {
    removal.givenToken(connection, () -> keep(token));
  }

  private void keep(String token) {
    logins.logIn(token);
    kept.save(token);
  }

  /** The server has answered a call. */
  public void answerArrived(Connection connection, long rid) {
    removal.answerArrived(connection, rid);
  }

  /** The connection is lost, and with it the answers to what was asked on it. */
  public void connectionLost() {
    removal.abandon();
  }

  /** The application logs out; an open connection is told. */
  public CompletableFuture<Void> deauthenticate() {
    lastLogout = ++changes;
    lastDecided = changes;
    queue.withdraw(event -> event.event().equals(ReservedEvents.AUTHENTICATE));
    Connection connection = current.open();
    if (connection != null) {
      removal.send(connection);
    }
    return removeToken();
  }

  /** The server, or the application, takes the token away. */
  public CompletableFuture<Void> removeToken() {
    removals++;
    CompletableFuture<Void> removed = kept.remove();
    logins.logOut();
    return removed;
  }

  /** A token that the application gave is sent to the server. */
  void sent(LoginAttempt attempt) {
    attempt.sentAs(++changes);
  }

  /**
   * The server has said what it thinks of a token that the application gave. What the application
   * asked for afterwards counts more than that: a logout always, another login once it is decided.
   */
  AuthStatus authenticated(
      LoginAttempt attempt, @Nullable Payload answer, @Nullable Throwable failure) {
    if (failure != null) {
      if (!saysNothing(failure)) {
        decide(attempt, false);
      }
      throw new CompletionException(failure);
    }
    if (attempt.isWithdrawn() || attempt.isBefore(lastLogout)) {
      return new AuthStatus(false, null);
    }
    JsonNode status = answer == null ? MissingNode.getInstance() : answer.node();
    JsonNode said = status.path("isAuthenticated");
    boolean isAuthenticated = said.isMissingNode() || said.booleanValue(false);
    decide(attempt, isAuthenticated);
    return new AuthStatus(isAuthenticated, HandshakeStatus.error(status.path("authError")));
  }

  private static boolean saysNothing(Throwable failure) {
    return failure instanceof BadConnectionError || failure instanceof TimeoutError;
  }

  private void decide(LoginAttempt attempt, boolean isAuthenticated) {
    if (attempt.isBefore(lastDecided)) {
      return;
    }
    lastDecided = attempt.number();
    if (isAuthenticated) {
      keep(attempt.token());
    } else {
      logins.logOut();
    }
  }
}
