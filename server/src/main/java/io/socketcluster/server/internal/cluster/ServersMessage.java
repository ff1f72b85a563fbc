// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import io.socketcluster.server.internal.tokens.RevocationJson;
import io.socketcluster.server.tokens.TokenRevocation;
import java.util.ArrayList;
import java.util.List;

/** A message between servers. Each names the server that has sent it. */
sealed interface ServersMessage {
  String from();

  /** A server is there. */
  record Here(String from) implements ServersMessage {}

  /** A server leaves. */
  record Leaving(String from) implements ServersMessage {}

  /** Every server is to follow an order, and to answer with its number. */
  record Question(String from, long number, Order order) implements ServersMessage {}

  /** A server that was there before tells one that has come which tokens are revoked. */
  record Revoked(String from, List<TokenRevocation> revocations) implements ServersMessage {
    private static final int LARGEST_PAGE = 50_000;

    /** Returns messages with all revocations, none of them too long to be read. */
    static List<Revoked> pages(String from, List<TokenRevocation> all) {
      List<Revoked> pages = new ArrayList<>();
      List<TokenRevocation> page = new ArrayList<>();
      int size = 0;
      for (TokenRevocation each : all) {
        page.add(each);
        size += RevocationJson.sizeOf(each);
        if (size > LARGEST_PAGE) {
          pages.add(new Revoked(from, List.copyOf(page)));
          page.clear();
          size = 0;
        }
      }
      if (!page.isEmpty()) {
        pages.add(new Revoked(from, List.copyOf(page)));
      }
      return pages;
    }
  }

  /** A server has followed an order. */
  record Answer(String from, long number, long count) implements ServersMessage {}
}
