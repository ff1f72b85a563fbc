// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.cluster;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGExchange;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.broker.BrokerEvent;
import io.socketcluster.protocol.DataMapper;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.internal.history.KeptExchange;
import io.socketcluster.server.internal.history.ServerChannels;
import io.socketcluster.stream.Consumption;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The broker engine of a server: the one that is built in, or one that was given. Thread-safe. */
public final class ServedBroker {
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final AGBrokerEngine engine;
  private final boolean isOwn;
  private final ServerChannels channels;
  private final AGExchange exchange;
  private final Consumption errors;
  private volatile @Nullable Consumption ready; // made by the thread that attaches

  /**
   * @param failures is told what fails in the engine and nobody else learns
   */
  public ServedBroker(AGServerOptions options, Consumer<Throwable> failures) {
    AGBrokerEngine given = options.brokerEngine();
    this.isOwn = given == null;
    this.engine = given == null ? new AGSimpleBroker() : given;
    DataMapper mapper = options.dataMapper();
    AGExchange plain = engine.exchange();
    this.channels = new ServerChannels(engine, !isOwn, options.timeSource(), failures);
    this.exchange =
        new KeptExchange(
            mapper.equals(DataMapper.STANDARD) ? plain : plain.withMapper(mapper), channels);
    this.errors =
        engine.listener(BrokerEvent.ERROR).consume(event -> failures.accept(event.error()));
  }

  public AGBrokerEngine engine() {
    return engine;
  }

  /** Returns the policies and histories of the channels. */
  public ServerChannels channels() {
    return channels;
  }

  public AGExchange exchange() {
    return exchange;
  }

  public boolean isReady() {
    return engine.isReady();
  }

  /**
   * The server takes connections: it joins the others, and is ready as soon as its broker is.
   *
   * @param onReady is run then, perhaps more than once
   */
  public void serving(ServerCluster cluster, Runnable onReady) {
    if (!isOwn) {
      cluster.join(engine); // nobody else is on a broker of the server's own
    }
    if (engine.isReady()) {
      onReady.run();
    } else {
      ready = engine.listener(BrokerEvent.READY).consume(event -> onReady.run());
      if (engine.isReady()) {
        onReady.run(); // it may have been announced before that listener was there
      }
    }
  }

  /** Lets go of the engine: one that was given may live on, and would hold the server. */
  public void release() {
    errors.close();
    channels.close();
    Consumption awaited = ready;
    if (awaited != null) {
      awaited.close();
    }
  }

  /** A broker that was given belongs to the application, which may have others on it. */
  public CompletableFuture<Void> closeIfOwn() {
    return isOwn ? engine.close() : DONE;
  }
}
