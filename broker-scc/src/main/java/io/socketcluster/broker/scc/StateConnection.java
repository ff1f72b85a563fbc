// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.AutoReconnectOptions;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.AGRequest;
import io.socketcluster.core.AGSocket;
import io.socketcluster.protocol.errors.BrokerError;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The connection to the state server, which tells what brokers the cluster has. It reconnects by
 * itself: it carries lists only, and each list is whole. Losing it disturbs no broker.
 */
final class StateConnection {
  private static final int MOST_BROKERS = 1_000;
  private static final int LONGEST_URI = 300;
  private static final Duration FIRST_DELAY = Duration.ofMillis(200);
  private static final long REJOIN_MILLIS = 1_000;

  private final SccOptions options;
  private final String instanceId;
  private final Listener listener;
  private final Peer peer;
  private final AGClientSocket socket;

  @GuardedBy("this")
  private double latest = -1; // milliseconds on the clock of the state server

  /** Learns what the state server says, one thing at a time. */
  interface Listener {
    /** Takes the URIs of all brokers, in the order in which they came. */
    void brokers(List<String> uris);

    void failed(BrokerError reason);
  }

  StateConnection(SccOptions options, String instanceId, Listener listener) {
    this.options = options;
    this.instanceId = instanceId;
    this.listener = listener;
    this.peer = new Peer(options, "the state server " + options.state());
    SccOptions.Instance instance = options.instance();
    Duration longest = options.limits().maxReconnectDelay();
    Duration first = FIRST_DELAY.compareTo(longest) < 0 ? FIRST_DELAY : longest;
    socket =
        SocketClusterClient.create(
            peer.connection()
                .hostname(options.state().host())
                .port(options.state().port())
                .secure(options.state().secure())
                .query("instanceType", "scc-worker")
                .query("instancePort", Integer.toString(instance.port()))
                .query("version", instance.version())
                .autoReconnectOptions(
                    AutoReconnectOptions.DEFAULT
                        .withInitialDelay(first)
                        .withRandomness(first)
                        .withMaxDelay(longest))
                .build());
  }

  void start() {
    socket.listener(AGSocket.CONNECT).consume(event -> connected(event.id()));
    socket.listener(AGSocket.ERROR).consume(event -> listener.failed(peer.failure(event.error())));
    for (String event : List.of("sccBrokerJoinCluster", "sccBrokerLeaveCluster")) {
      socket.procedure(event).consume(this::changed);
    }
    for (String event : List.of("sccWorkerJoinCluster", "sccWorkerLeaveCluster")) {
      socket.procedure(event).consume(AGRequest::end); // no engine has to know the other workers
    }
    socket.connect();
  }

  private void connected(String id) {
    synchronized (this) {
      latest = -1; // another state server may have another clock
    }
    join(id);
  }

  private void join(String id) {
    socket
        .invoke("sccWorkerJoinCluster", self())
        .whenComplete(
            (reply, failure) -> {
              String problem =
                  failure == null ? apply(reply) : String.valueOf(failure.getMessage());
              if (problem != null && Objects.equals(socket.id(), id)) {
                listener.failed(
                    new BrokerError(peer.name() + " does not let this server join: " + problem));
                CompletableFuture.delayedExecutor(REJOIN_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> joinAgain(id));
              }
            });
  }

  private void joinAgain(String id) {
    if (Objects.equals(socket.id(), id)) {
      join(id);
    }
  }

  private Map<String, Object> self() {
    String ip = options.instance().ip();
    if (ip == null) {
      ip = ownAddress();
    }
    Map<String, Object> self = new LinkedHashMap<>();
    self.put("instanceId", instanceId);
    if (ip != null) { // else the state server takes the address that it sees
      self.put("instanceIp", ip);
      self.put("instanceIpFamily", ip.contains(":") ? "IPv6" : "IPv4");
    }
    return self;
  }

  /** Returns the address from which this machine reaches the state server; sends nothing. */
  private @Nullable String ownAddress() {
    try (DatagramSocket route = new DatagramSocket()) {
      route.connect(new InetSocketAddress(options.state().host(), options.state().port()));
      InetAddress own = route.getLocalAddress();
      String text = own.getHostAddress();
      int zone = text.indexOf('%');
      return own instanceof Inet6Address && zone > 0 ? text.substring(0, zone) : text;
    } catch (SocketException | RuntimeException e) { // an unknown host is unchecked here
      return null;
    }
  }

  private void changed(AGRequest<JsonNode> request) {
    String problem = apply(request.data());
    if (problem != null) {
      listener.failed(new BrokerError(peer.name() + " announces no brokers: " + problem));
    }
    request.end();
  }

  /** Takes a list unless it is older than the last; returns what is wrong with it, or null. */
  private synchronized @Nullable String apply(JsonNode data) {
    JsonNode time = data.path("time");
    List<String> uris = uris(data.path("sccBrokerURIs"));
    if (!time.isNumber() || uris == null) {
      return "it sends no list of brokers";
    }
    if (time.doubleValue() >= latest) {
      latest = time.doubleValue();
      listener.brokers(uris);
    }
    return null;
  }

  private static @Nullable List<String> uris(JsonNode list) {
    if (!list.isArray() || list.size() > MOST_BROKERS) {
      return null;
    }
    List<String> uris = new ArrayList<>(list.size());
    for (JsonNode uri : list) {
      if (!uri.isString() || uri.stringValue().length() > LONGEST_URI) {
        return null;
      }
      uris.add(uri.stringValue());
    }
    return uris;
  }

  void close() {
    Peer.close(socket);
  }
}
