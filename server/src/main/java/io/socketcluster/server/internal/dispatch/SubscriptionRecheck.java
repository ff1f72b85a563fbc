// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.dispatch;

import io.socketcluster.server.internal.channels.SocketChannels;
import io.socketcluster.server.internal.inbound.InboundMiddleware;
import io.socketcluster.server.internal.rules.ReservedNames;
import io.socketcluster.server.internal.tokens.TokenGrants;
import java.util.Iterator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks the rules again about what a socket is subscribed to, and ends what they do not allow. A
 * subscription that is being decided comes first, so it is asked about as well. Event loop only.
 */
public final class SubscriptionRecheck {
  private final InboundMiddleware middleware;
  private final SocketChannels channels;
  private final TokenGrants grants;

  public SubscriptionRecheck(
      InboundMiddleware middleware, SocketChannels channels, TokenGrants grants) {
    this.middleware = middleware;
    this.channels = channels;
    this.grants = grants;
  }

  /**
   * Begins; the packets of the socket that have come meanwhile wait for each decision.
   *
   * @param which channels to ask about, and the patterns themselves
   */
  public void begin(Predicate<String> which) {
    middleware.interject(
        () ->
            checkNext(
                channels.names().stream()
                    .filter(each -> which.test(each) || which.test(ReservedNames.patternOf(each)))
                    .toList()
                    .iterator()));
  }

  private void checkNext(Iterator<String> names) {
    if (names.hasNext()) {
      check(names.next(), () -> middleware.interject(() -> checkNext(names)));
    }
  }

  private void check(String channel, Runnable next) {
    if (channels.isClosedPattern(channel)) {
      end(channel, "No rule allows to subscribe to " + channel, next);
    } else {
      middleware.askRules(channel, next, error -> end(channel, error.getMessage(), next));
    }
  }

  private void end(String channel, @Nullable String reason, Runnable next) {
    grants.kickOut(channel, reason);
    next.run();
  }
}
