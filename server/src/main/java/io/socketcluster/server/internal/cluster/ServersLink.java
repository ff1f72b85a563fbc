// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.Consumption;
import io.socketcluster.stream.StreamHandler;
import io.socketcluster.stream.WritableConsumableStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries the messages between the servers of a cluster through the broker: to all on one channel,
 * to one server on a channel of its own. Thread-safe; no method blocks.
 */
final class ServersLink implements ChannelSubscriber {
  /** Messages that wait to be read; a server asks at most so many questions at a time. */
  static final int MOST_WAITING = 1_024;

  private final AGBrokerEngine engine;
  private final String common;
  private final String own;
  private final WritableConsumableStream<ServersMessage> messages;
  private final AtomicLong ignored = new AtomicLong();

  /**
   * @param self the id of this server
   * @param failures is told what the handler of the messages throws
   */
  ServersLink(AGBrokerEngine engine, String self, ClusterFailures failures) {
    this.engine = engine;
    this.common = engine.serversChannel();
    this.own = common + "/" + self;
    this.messages = new WritableConsumableStream<>(failures);
  }

  /** Calls a handler with each message of another server, one at a time, on a virtual thread. */
  Consumption onMessage(StreamHandler<ServersMessage> handler) {
    return messages.consume(handler);
  }

  /** Begins to listen. */
  CompletableFuture<Void> join() {
    return CompletableFuture.allOf(
        asked(() -> engine.subscribe(this, common)), asked(() -> engine.subscribe(this, own)));
  }

  /** Ends what {@link #join} has begun, and the handler after its backlog. */
  void leave() {
    asked(() -> engine.unsubscribe(this, common));
    asked(() -> engine.unsubscribe(this, own));
    messages.close();
  }

  boolean isReady() {
    return engine.isReady();
  }

  /** Tells all other servers; the future fails when the broker has not taken the message. */
  CompletableFuture<Void> tellAll(ServersMessage message) {
    return asked(() -> engine.invokePublish(common, ServersJson.write(message)));
  }

  /** Tells one server; nobody learns whether it has arrived. */
  void tell(String server, ServersMessage message) {
    asked(() -> engine.invokePublish(common + "/" + server, ServersJson.write(message)));
  }

  /** An engine of the application's own may throw where its future should fail. */
  private static CompletableFuture<Void> asked(Supplier<CompletableFuture<Void>> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void deliver(ChannelMessage message) {
    Payload data = message.data();
    ServersMessage read = messages.getBackpressure() < MOST_WAITING ? read(data) : null;
    if (read == null) {
      ignored.incrementAndGet();
    } else {
      messages.write(read);
    }
  }

  private static @Nullable ServersMessage read(@Nullable Payload data) {
    try {
      return ServersJson.read(data);
    } catch (RuntimeException e) { // of a value that this server's limits do not allow
      return null;
    }
  }

  long ignored() {
    return ignored.get();
  }
}
