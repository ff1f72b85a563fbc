// SPDX-License-Identifier: MIT
package io.socketcluster.webhooks;

import io.socketcluster.server.AGServer;
import io.socketcluster.webhooks.internal.HookEvents;
import io.socketcluster.webhooks.internal.HookQueue;

/**
 * Sends events of a server to another backend: a POST of JSON for each event, signed as Standard
 * Webhooks prescribes.
 *
 * <pre>{@code
 * Webhooks hooks =
 *     Webhooks.follow(
 *         server,
 *         WebhookOptions.builder("https://shop.example/hooks", secret)
 *             .events(WebhookEvent.CONNECTION, WebhookEvent.DISCONNECTION)
 *             .build());
 * }</pre>
 *
 * <p>Events of one socket, and messages of one channel, are sent in their order, one at a time. An
 * event that is answered with another status than 2xx is sent again, and later ones of its key
 * wait. Each event may arrive more than once. Thread-safe.
 */
public final class Webhooks implements AutoCloseable {
  private final HookQueue queue;
  private final HookEvents events;

  private Webhooks(HookQueue queue, HookEvents events) {
    this.queue = queue;
    this.events = events;
  }

  /**
   * Begins to send events that happen from now on. The connections and subscriptions that a running
   * server has already are not told, their ends are.
   */
  public static Webhooks follow(AGServer server, WebhookOptions options) {
    HookQueue queue = new HookQueue(options, server::emitWarning);
    HookEvents events = new HookEvents(options, queue);
    events.follow(server);
    return new Webhooks(queue, events);
  }

  /** Returns how many events wait or are being sent. */
  public int waiting() {
    return queue.waiting();
  }

  /**
   * Returns how many events were dropped: all attempts failed, or too many events waited. The
   * server emits a {@code warning} at most every ten seconds.
   */
  public long dropped() {
    return queue.dropped();
  }

  /**
   * Stops. Events that wait are dropped, and requests that are under way are broken off. The {@code
   * exchange} of the server stays subscribed to the channels of {@link WebhookOptions#channels()},
   * because the application may listen to them as well.
   */
  @Override
  public void close() {
    events.close();
    queue.close();
  }
}
