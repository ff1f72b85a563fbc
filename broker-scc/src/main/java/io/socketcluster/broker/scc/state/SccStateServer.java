// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.state;

import io.socketcluster.core.AGRequest;
import io.socketcluster.core.AGSocket;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.SocketCluster;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The state server of a SocketCluster cluster: {@code scc-broker}s register with it, and it tells
 * the workers what brokers there are. A cluster has exactly one; no message passes through it, and
 * brokers and workers go on with what they know while it is away. Thread-safe.
 *
 * <p>{@code GET /health-check} answers 200.
 */
public final class SccStateServer {
  private static final Logger LOG = LoggerFactory.getLogger(SccStateServer.class);
  private static final int LARGEST_MESSAGE = 64 << 10;

  private final SccStateOptions options;
  private final AGServer server;
  private final Members members = new Members(Clock.systemUTC());
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("scc-state").factory());
  private final News brokerNews;
  private final News workerNews;
  private volatile boolean open; // to workers

  private SccStateServer(SccStateOptions options) {
    this.options = options;
    server = SocketCluster.create(serverOptions(options));
    Duration retry = options.delays().retry();
    brokerNews = new News(InstanceKind.BROKER, members, retry, timer);
    workerNews = new News(InstanceKind.WORKER, members, retry, timer);
  }

  private static AGServerOptions serverOptions(SccStateOptions options) {
    AGServerOptions.Builder builder =
        AGServerOptions.builder()
            .maxPayload(LARGEST_MESSAGE)
            .allowClientPublish(false)
            .trustedProxies(options.trustedProxies().toArray(String[]::new))
            .httpHandler(HttpHandler.withHealthCheck("/health-check", HttpHandler.NONE));
    if (options.host() != null) {
      builder.host(options.host());
    }
    if (options.tls() != null) {
      builder.tls(options.tls());
    }
    return builder.build();
  }

  /**
   * Starts a state server.
   *
   * @param port 7777 is usual; 0 takes any free port
   * @throws RuntimeException if the server cannot listen, as {@code AGServer.listen} throws it
   */
  public static SccStateServer listen(int port, SccStateOptions options) {
    SccStateServer state = new SccStateServer(options);
    state.start(port);
    return state;
  }

  private void start(int port) {
    Admission admission =
        new Admission(options.authKey(), options.versions(), server::clientsCount);
    server.setMiddleware(AGServer.MIDDLEWARE_HANDSHAKE, AGMiddleware.each(admission::decide));
    server.setMiddleware(AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(SccStateServer::decide));
    server.onConnection(this::serve);
    long startup = options.delays().startup().toNanos();
    if (startup == 0) {
      open = true;
    } else {
      timer.schedule(() -> open = true, startup, TimeUnit.NANOSECONDS);
    }
    try {
      server.listen(port);
    } catch (RuntimeException e) {
      timer.shutdownNow();
      throw e;
    }
  }

  /** An instance calls procedures, and does nothing else. */
  private static void decide(AGAction action) {
    if (action.type() == AGAction.Type.INVOKE) {
      action.allow();
    } else {
      action.block();
    }
  }

  private void serve(AGServerSocket socket) {
    InstanceKind kind = InstanceKind.of(socket.request().query("instanceType"));
    if (kind == null) {
      socket.disconnect(); // cannot be: the handshake has looked
      return;
    }
    socket.procedure(kind.join()).consume(request -> join(kind, socket, request));
    socket
        .procedure(kind.leave())
        .consume(
            request -> {
              leave(kind, socket.id());
              request.end();
            });
    socket.listener(AGSocket.CLOSE).consume(event -> leave(kind, socket.id()));
  }

  private void join(InstanceKind kind, AGServerSocket socket, AGRequest<JsonNode> request) {
    if (kind == InstanceKind.WORKER && !open) {
      request.error(
          new AGException(
              "ClusterNotReadyError", "The server is waiting for initial broker connections"));
      return;
    }
    Instance instance;
    try {
      instance = Instance.of(socket, request.data());
    } catch (AGException e) {
      request.error(e);
      return;
    }
    if (!members.add(kind, instance)) {
      request.error(new AGException("ClusterSizeError", "The cluster has too many instances"));
      return;
    }
    news(kind).plan(kind.join(), options.delays().scaleOut());
    request.end(kind == InstanceKind.WORKER ? reply(instance) : null);
    LOG.info("{} has joined: {}", kind, instance.uri());
  }

  private News news(InstanceKind kind) {
    return kind == InstanceKind.BROKER ? brokerNews : workerNews;
  }

  private Map<String, Object> reply(Instance worker) {
    Map<String, Object> reply = members.lists(List.of(InstanceKind.values()));
    reply.put("sccSourceWorkerURI", worker.uri());
    return reply;
  }

  private void leave(InstanceKind kind, String id) {
    if (members.remove(kind, id)) {
      news(kind).plan(kind.leave(), options.delays().scaleBack());
      LOG.info("{} has left: {}", kind, id);
    }
  }

  /** Returns the port on which the server listens. */
  public int port() {
    return server.port();
  }

  /** Returns the URIs of the brokers that have joined: a snapshot. */
  public List<String> brokers() {
    return members.all(InstanceKind.BROKER).stream()
        .map(Instance::uri)
        .distinct()
        .sorted()
        .toList();
  }

  /** Returns the URIs of the workers that have joined: a snapshot. */
  public List<String> workers() {
    return members.all(InstanceKind.WORKER).stream().map(Instance::uri).sorted().toList();
  }

  /** Ends the server. The future completes when all connections are closed. */
  public CompletableFuture<Void> close() {
    timer.shutdownNow();
    return server.close();
  }
}
