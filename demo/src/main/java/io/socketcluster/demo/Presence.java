// SPDX-License-Identifier: MIT
package io.socketcluster.demo;

import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells on two channels who is here and how much is going on. What changes often is told at most
 * four times a second, however many come and go. Thread-safe.
 */
final class Presence {
  /** Has {@code {"here": [NAME, ...], "more": COUNT}}, after each change. */
  static final String HERE = "demo/here";

  /** Has {@code {"connections": COUNT, "messagesPerSecond": COUNT}}, once a second. */
  static final String FIGURES = "demo/figures";

  /** Only the server publishes there. */
  static final Set<String> CHANNELS = Set.of(HERE, FIGURES);

  private static final Duration TICK = Duration.ofMillis(250);
  private static final int TICKS_A_SECOND = 4;
  private static final int MOST_NAMES = 200;

  private final AGServer server;
  private final Names names;
  private final ChatRules rules;
  private final AtomicBoolean changed = new AtomicBoolean();

  Presence(AGServer server, Names names, ChatRules rules) {
    this.server = server;
    this.names = names;
    this.rules = rules;
  }

  /** Follows all sockets of the server, before it listens. */
  void follow() {
    server.onConnection(socket -> update(socket));
    server.listener(AGServer.DISCONNECTION).consume(event -> update(event.socket()));
    server.listener(AGServer.AUTHENTICATION).consume(event -> update(event.socket()));
    server.listener(AGServer.DEAUTHENTICATION).consume(event -> update(event.socket()));
    server
        .listener(AGServer.SUBSCRIPTION)
        .consume(
            event -> {
              if (CHANNELS.contains(event.channel())) {
                changed.set(true); // the newcomer has not been told yet
              }
            });
  }

  /** Tells until the server closes. */
  void tell() {
    Thread.startVirtualThread(this::run);
  }

  private void update(AGServerSocket socket) {
    names.update(socket);
    changed.set(true);
  }

  private void run() {
    long before = rules.decided();
    try {
      for (int tick = 1; server.isReady(); tick++) {
        Thread.sleep(TICK);
        if (changed.getAndSet(false)) {
          publishNames();
        }
        if (tick % TICKS_A_SECOND == 0) {
          long now = rules.decided();
          publishFigures(now - before);
          before = now;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void publishNames() {
    List<String> here = names.present();
    List<String> shown = here.subList(0, Math.min(here.size(), MOST_NAMES));
    server
        .exchange()
        .transmitPublish(HERE, Map.of("here", shown, "more", here.size() - shown.size()));
  }

  private void publishFigures(long messages) {
    server
        .exchange()
        .transmitPublish(
            FIGURES, Map.of("connections", server.clientsCount(), "messagesPerSecond", messages));
  }
}
