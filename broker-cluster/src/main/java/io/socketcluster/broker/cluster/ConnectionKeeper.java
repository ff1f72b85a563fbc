// SPDX-License-Identifier: MIT
package io.socketcluster.broker.cluster;

import io.socketcluster.broker.cluster.Outbox.Publish;
import io.socketcluster.broker.cluster.WantedChannels.Changes;
import io.socketcluster.broker.history.HistoryPosition;
import io.socketcluster.protocol.errors.BrokerError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection to the broker. Two threads use a connection: one changes the subscriptions,
 * the other publishes. Both end with it, and another connection takes its place. They are platform
 * threads: client libraries block in ways that pin a virtual thread to its carrier.
 */
final class ConnectionKeeper {
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);

  private final BrokerConnector connector;
  private final WantedChannels wanted;
  private final Outbox outbox;
  private final LinkEvents listener;
  private final ReconnectDelay delay;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final AtomicReference<@Nullable Session> session = new AtomicReference<>();
  private volatile boolean closed;
  private volatile @Nullable Thread thread; // written once, before the thread runs

  ConnectionKeeper(
      BrokerConnector connector,
      WantedChannels wanted,
      Outbox outbox,
      LinkEvents listener,
      ReconnectDelay delay) {
    this.connector = connector;
    this.wanted = wanted;
    this.outbox = outbox;
    this.listener = listener;
    this.delay = delay;
  }

  void start() {
    Thread started = Thread.ofPlatform().daemon().name("broker-connection").unstarted(this::run);
    thread = started;
    started.start();
  }

  /** Ends for good, after the publishes that were accepted. */
  CompletableFuture<Void> close() {
    closed = true;
    outbox.end();
    Thread running = thread;
    Session current = session.get();
    if (current != null && current.isPublishing()) {
      current.publishedAll().whenComplete((done, failure) -> interrupt(running));
    } else {
      interrupt(running);
    }
    return ended;
  }

  /** Returns the connection that is in use, or null if there is none. Any thread. */
  @Nullable BrokerConnection serving() {
    Session current = session.get();
    return current == null ? null : current.serving();
  }

  private static void interrupt(@Nullable Thread running) {
    if (running != null) {
      running.interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        connectAndServe();
        if (!closed) {
          Thread.sleep(delay.next());
        }
      }
    } catch (InterruptedException e) {
      assert closed; // close() interrupts, and nobody else knows this thread
    } finally {
      connector.close();
      ended.complete(null);
    }
  }

  private void connectAndServe() throws InterruptedException {
    Session current = new Session();
    session.set(current);
    try (current) {
      current.serveUntilLost();
    }
    current.tell();
  }

  private BrokerError error(String what, Throwable cause) {
    if (cause instanceof BrokerError known) {
      return known;
    }
    boolean isSilence = cause instanceof TimeoutException && cause.getMessage() == null;
    String why = isSilence ? "it does not answer" : String.valueOf(cause.getMessage());
    return new BrokerError(what + " " + connector.description() + ": " + why, cause);
  }

  /** The life of one connection. */
  private final class Session implements ConnectionEvents, AutoCloseable {
    private final AtomicReference<@Nullable Throwable> reason = new AtomicReference<>();
    private final CompletableFuture<Void> publishedAll = new CompletableFuture<>();
    private volatile @Nullable BrokerConnection connection; // closed by the thread that serves
    private volatile boolean served;
    private Instant heardAt = Instant.now(); // only the thread that serves uses it

    /** Keeps the reason before the connection is closed, which is a reason, too. */
    void serveUntilLost() throws InterruptedException {
      try {
        serve();
      } catch (InterruptedException e) {
        throw e;
      } catch (Throwable e) { // an Error, too, must not be the end of all attempts
        failed(e);
      }
    }

    private void serve() throws Exception {
      BrokerConnection opened = connector.connect(this);
      connection = opened;
      wanted.connected();
      subscribeToAll(opened);
      heardAt = Instant.now();
      outbox.open();
      served = true;
      delay.reset();
      Thread.ofPlatform().daemon().name("broker-publisher").start(() -> publish(opened));
      listener.connected();
      while (reason.get() == null) {
        applyNext(opened);
      }
    }

    private void applyNext(BrokerConnection opened) throws Exception {
      Changes changes = wanted.await(CHECK_INTERVAL);
      if (reason.get() != null) {
        return;
      }
      Instant asked = Instant.now();
      if (changes.isEmpty()) {
        opened.check();
      } else {
        apply(opened, changes);
      }
      heardAt = asked; // what the broker sent before has arrived before its answer
    }

    private void subscribeToAll(BrokerConnection opened) throws Exception {
      Changes changes = wanted.now();
      while (!changes.isEmpty()) {
        apply(opened, changes);
        changes = wanted.now();
      }
    }

    private void apply(BrokerConnection opened, Changes changes) throws Exception {
      if (!changes.unsubscribe().isEmpty()) {
        opened.unsubscribe(changes.unsubscribe());
        wanted.unsubscribed(changes.unsubscribe());
      }
      if (!changes.subscribe().isEmpty()) {
        Map<String, BrokerError> refused = opened.subscribe(changes.subscribe());
        wanted.subscribed(changes.subscribe(), refused);
        if (!refused.isEmpty()) {
          listener.refused(refused);
        }
      }
    }

    private void publish(BrokerConnection opened) {
      try {
        List<Publish> batch = outbox.take();
        while (!batch.isEmpty()) {
          publish(opened, batch);
          batch = outbox.take();
        }
      } catch (InterruptedException e) {
        lost(e);
      } finally {
        publishedAll.complete(null);
      }
    }

    private void publish(BrokerConnection opened, List<Publish> batch) {
      try {
        confirm(batch, opened.publish(batch.stream().map(Publish::message).toList()));
      } catch (Throwable e) { // an Error, too, must not keep the callers waiting
        BrokerError unknown = error("It is unknown whether a publish has reached", e);
        batch.forEach(each -> each.confirmation().completeExceptionally(unknown));
        lost(e);
      }
    }

    private static void confirm(List<Publish> batch, Map<Integer, BrokerError> refused) {
      for (int i = 0; i < batch.size(); i++) {
        BrokerError error = refused.get(i);
        CompletableFuture<Void> confirmation = batch.get(i).confirmation();
        if (error == null) {
          confirmation.complete(null);
        } else {
          confirmation.completeExceptionally(error);
        }
      }
    }

    /** The attempt to connect tells more about its failure than what happened meanwhile. */
    void failed(Throwable why) {
      if (!served) {
        reason.set(why);
      }
      lost(why);
    }

    @Nullable BrokerConnection serving() {
      return isPublishing() ? connection : null;
    }

    boolean isPublishing() {
      return served && reason.get() == null;
    }

    CompletableFuture<Void> publishedAll() {
      return publishedAll;
    }

    @Override
    public void received(ClusterMessage message) {
      listener.received(message);
    }

    @Override
    public void received(ClusterMessage message, HistoryPosition position) {
      listener.received(message, position);
    }

    @Override
    public void receivedForeign() {
      listener.receivedForeign();
    }

    @Override
    public void dropped(String why) {
      listener.dropped(why);
    }

    @Override
    public void lost(Throwable why) {
      if (reason.compareAndSet(null, why)) {
        wanted.wake(); // the thread that serves ends the connection: nobody else, and only once
      }
    }

    void tell() {
      Throwable why = reason.get();
      if (why != null && served) {
        listener.disconnected(error("The connection is lost to", why), heardAt);
      } else if (why != null) {
        listener.notConnected(error("Cannot connect to", why));
      }
    }

    @Override
    public void close() {
      lost(new BrokerError("The engine is closed"));
      outbox.close(error("The connection is lost to", Objects.requireNonNull(reason.get())));
      wanted.disconnected();
      BrokerConnection opened = connection;
      if (opened != null) {
        opened.close();
      }
    }
  }
}
