// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.tokens;

import io.socketcluster.client.internal.connection.Connection;
import io.socketcluster.client.internal.loop.SocketLoop;
import io.socketcluster.core.connection.ConnectionTimer;
import io.socketcluster.protocol.ReservedEvents;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A logout on its way to the server. A token that arrives before the server's answer was given
 * before the server knew of the logout, and is void. Not every server answers: one that answers a
 * later call first, or nothing for a while, does not, and its token counts. Event loop only.
 */
public final class TokenRemoval {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long NONE = 0; // ids are counted from 1

  private final SocketLoop loop;
  private @Nullable Connection asked;
  private long cid = NONE;
  private @Nullable Runnable doubtful; // accepts the token, if it counts
  private ConnectionTimer.@Nullable Timeout patience;

  /** Begins without a logout. */
  public TokenRemoval(SocketLoop loop) {
    this.loop = loop;
  }

  /** Tells the server that the application has logged out. */
  public void send(Connection connection) {
    abandon();
    asked = connection;
    cid = connection.invoke(ReservedEvents.REMOVE_AUTH_TOKEN, null, new CompletableFuture<>());
    patience = loop.schedule(PATIENCE, this::end);
  }

  /** The server gives a token: it counts now, later or never. */
  @SuppressWarnings("ReferenceEquality") // one connection is not another
  public void givenToken(Connection from, Runnable accept) {
    if (cid != NONE && from == asked) {
      doubtful = accept;
    } else {
      accept.run();
    }
  }

  /** The server has answered a call. */
  @SuppressWarnings("ReferenceEquality") // one connection is not another
  public void answerArrived(Connection from, long rid) {
    if (cid == NONE || from != asked || rid < cid) {
      return;
    }
    if (rid == cid) {
      doubtful = null;
    }
    end();
  }

  private void end() {
    Runnable accept = doubtful;
    ConnectionTimer.Timeout timeout = patience;
    asked = null;
    cid = NONE;
    doubtful = null;
    patience = null;
    if (timeout != null) {
      timeout.cancel();
    }
    if (accept != null) {
      accept.run();
    }
  }

  /** No doubtful token counts any more: there is a new logout, or the connection is lost. */
  public void abandon() {
    doubtful = null;
    end();
  }
}
