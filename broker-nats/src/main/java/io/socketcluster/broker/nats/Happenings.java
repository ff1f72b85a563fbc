// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.socketcluster.broker.cluster.ConnectionEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Collects the events and errors that the client library reports for a connection. Thread-safe. */
final class Happenings implements ConnectionListener, ErrorListener {
  private static final int MOST_REFUSALS = 100_000;
  private static final String PUBLISH_REFUSED = "permissions violation for publish";

  private final ConnectionEvents events;
  private final Queue<String> refusedPublishes = new LinkedBlockingQueue<>(MOST_REFUSALS);
  private final Queue<String> otherErrors = new LinkedBlockingQueue<>(MOST_REFUSALS);
  private volatile @Nullable String lastError;

  Happenings(ConnectionEvents events) {
    this.events = events;
  }

  @Override
  @SuppressWarnings("deprecation") // and abstract: it has to be there
  public void connectionEvent(Connection connection, Events event) {
    switch (event) {
      case CLOSED, DISCONNECTED -> {
        String error = lastError;
        events.lost(new IOException(error == null ? "the connection was closed" : error));
      }
      case LAME_DUCK -> events.dropped("The NATS server is about to close its connections");
      default -> {}
    }
  }

  /** An error of the server, which has no other sign: a refused subscription or publish. */
  @Override
  public void errorOccurred(Connection connection, String error) {
    lastError = error;
    boolean isPublish = error.toLowerCase(Locale.ROOT).contains(PUBLISH_REFUSED);
    (isPublish ? refusedPublishes : otherErrors).offer(error);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception failure) {
    if (lastError == null) { // what the server said tells more
      lastError = failure.toString();
    }
  }

  @Override
  public void slowConsumerDetected(Connection connection, Consumer consumer) {
    events.dropped("This machine is too slow for the messages of the others");
  }

  /** Returns the last error of the server, else the first of the library, else null. */
  @Nullable String lastError() {
    return lastError;
  }

  /** Returns the refusals of publishes since the last call. */
  List<String> takeRefusedPublishes() {
    return take(refusedPublishes);
  }

  /** Returns the errors of the server since the last call that are about no publish. */
  List<String> takeOtherErrors() {
    return take(otherErrors);
  }

  private static List<String> take(Queue<String> errors) {
    List<String> taken = new ArrayList<>();
    for (String next = errors.poll(); next != null; next = errors.poll()) {
      taken.add(next);
    }
    return taken;
  }
}
