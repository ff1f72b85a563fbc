// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks;

import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import java.util.Locale;

/** What a measured server asks about the actions of its clients. */
enum BenchMiddleware {
  /** Nothing: there is no middleware. */
  ABSENT {
    @Override
    void setOn(AGServer server) {}
  },

  /** Inbound and outbound, and every action may go on as it is. */
  ALLOWING {
    @Override
    void setOn(AGServer server) {
      server.setMiddleware(AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(AGAction::allow));
      server.setMiddleware(AGServer.MIDDLEWARE_OUTBOUND, AGMiddleware.each(AGAction::allow));
    }
  },

  /** Inbound alone, and the data of every action is looked at, as an application would. */
  DECIDING {
    @Override
    void setOn(AGServer server) {
      server.setMiddleware(AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(BenchMiddleware::decide));
    }
  },

  /** As {@link #ALLOWING}, on the event loop. */
  ALLOWING_NON_BLOCKING {
    @Override
    void setOn(AGServer server) {
      server.setMiddleware(AGServer.MIDDLEWARE_INBOUND, AGMiddleware.nonBlocking(AGAction::allow));
      server.setMiddleware(AGServer.MIDDLEWARE_OUTBOUND, AGMiddleware.nonBlocking(AGAction::allow));
    }
  },

  /** As {@link #DECIDING}, on the event loop. */
  DECIDING_NON_BLOCKING {
    @Override
    void setOn(AGServer server) {
      server.setMiddleware(
          AGServer.MIDDLEWARE_INBOUND, AGMiddleware.nonBlocking(BenchMiddleware::decide));
    }
  };

  abstract void setOn(AGServer server);

  /**
   * Returns the one of this name, in small letters with hyphens.
   *
   * @throws IllegalArgumentException when there is none
   */
  static BenchMiddleware named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static void decide(AGAction action) {
    if (action.data().path("forbidden").booleanValue(false)) {
      action.block();
    } else {
      action.allow();
    }
  }
}
