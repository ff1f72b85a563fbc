// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.cluster.ClusterBroker;
import io.socketcluster.broker.cluster.ClusterOptions;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes engines that take a seat in a SocketCluster cluster (SCC), beside workers on Node that run
 * {@code scc-broker-client}. The channels are shared out among the cluster's {@code scc-broker}s;
 * {@code scc-state}, or {@link io.socketcluster.broker.scc.state.SccStateServer}, tells which there
 * are:
 *
 * <pre>{@code
 * AGBrokerEngine engine = SccBroker.at("scc://localhost:7777").authKey(key).build();
 * AGServer server = AGServer.create(AGServerOptions.builder().brokerEngine(engine).build());
 * }</pre>
 *
 * <p>A program that has the {@code authKey} and can connect to a broker can reach every client of
 * the cluster.
 */
public final class SccBroker {
  private static final int DEFAULT_INSTANCE_PORT = 8000;

  private final String url;
  private @Nullable String authKey;
  private String version = "9.2.0";
  private @Nullable String instanceIp;
  private int instancePort = DEFAULT_INSTANCE_PORT;
  private SccMapping mapping = SccMapping.SKELETON_RENDEZVOUS;
  private Duration moveDelay = Duration.ofSeconds(1);
  private ClusterOptions limits = ClusterOptions.DEFAULT;
  private @Nullable SSLContext sslContext;

  private SccBroker(String url) {
    this.url = url;
  }

  /**
   * Begins with the address of the state server.
   *
   * @param url {@code scc://host:port}, or {@code sccs://host:port} for TLS; the port is 7777 when
   *     it is left out. The query may have {@code authKey}, {@code version}, {@code instanceIp},
   *     {@code instancePort} and {@code mappingEngine}, percent-encoded, in place of the methods
   *     here, over which they win
   */
  public static SccBroker at(String url) {
    return new SccBroker(url);
  }

  /** Sets the key of the cluster, {@code SCC_AUTH_KEY} of the Node programs. Default: none. */
  public SccBroker authKey(@Nullable String authKey) {
    this.authKey = authKey;
    return this;
  }

  /**
   * Sets the version of {@code scc-broker-client} that this server stands for. A state server
   * refuses any other major version than its own. Default: {@code 9.2.0}.
   */
  public SccBroker version(String version) {
    this.version = version;
    return this;
  }

  /**
   * Sets the address of this machine that the state server tells the other workers. Default, and
   * null: the address from which this machine reaches the state server.
   */
  public SccBroker instanceIp(@Nullable String instanceIp) {
    this.instanceIp = instanceIp;
    return this;
  }

  /** Sets the port of this server that the state server tells the other workers. Default: 8000. */
  public SccBroker instancePort(int instancePort) {
    this.instancePort = instancePort;
    return this;
  }

  /**
   * Sets how the workers of the cluster share out the channels, which is {@code mappingEngine} of
   * {@code scc-broker-client}. Default: {@link SccMapping#SKELETON_RENDEZVOUS}.
   */
  public SccBroker mapping(SccMapping mapping) {
    this.mapping = mapping;
    return this;
  }

  /**
   * Sets how long publishes to a channel are held when the channel moves to another broker: until
   * the other workers have subscribed there. The subscription at the old broker stays in force five
   * times as long. From 0 to 1 minute; default: 1 second.
   */
  public SccBroker moveDelay(Duration moveDelay) {
    this.moveDelay = moveDelay;
    return this;
  }

  /** Sets the limits of the engine, which hold for each broker. */
  public SccBroker limits(ClusterOptions limits) {
    this.limits = limits;
    return this;
  }

  /**
   * Sets the TLS context for a state server at {@code sccs://} and for brokers at {@code wss://},
   * in place of the JDK's own.
   */
  public SccBroker sslContext(@Nullable SSLContext sslContext) {
    this.sslContext = sslContext;
    return this;
  }

  /**
   * Makes the engine, which begins to connect. The caller closes it.
   *
   * @throws InvalidOptionsError if a setting is wrong
   */
  public AGBrokerEngine build() {
    SccOptions options = options();
    return new ClusterBroker(events -> new SccLink(options, events));
  }

  /**
   * Checks all settings; nothing connects.
   *
   * @throws InvalidOptionsError if a setting is wrong
   */
  public void check() {
    SccOptions unused = options();
  }

  private SccOptions options() {
    SccAddress address = SccAddress.parse(Objects.requireNonNullElse(url, ""));
    address.settings().forEach(this::set);
    return new SccOptions(
        address.state(),
        authKey,
        new SccOptions.Instance(Objects.requireNonNullElse(version, ""), instanceIp, instancePort),
        mapping,
        moveDelay,
        sslContext,
        limits);
  }

  private void set(String name, String value) {
    switch (name) {
      case "authKey" -> authKey = value;
      case "version" -> version = value;
      case "instanceIp" -> instanceIp = value;
      case "instancePort" -> instancePort = port(value);
      case "mappingEngine" -> mapping = mapping(value);
      default ->
          throw new InvalidOptionsError(
              "url has the unknown parameter "
                  + name
                  + "; allowed: authKey, version, instanceIp, instancePort, mappingEngine");
    }
  }

  private static int port(String value) {
    return value.matches("\\d{1,5}") ? Integer.parseInt(value) : 0; // which is refused later
  }

  private static SccMapping mapping(String value) {
    Map<String, SccMapping> known =
        Arrays.stream(SccMapping.values())
            .collect(Collectors.toMap(SccMapping::value, each -> each));
    SccMapping mapping = known.get(value);
    if (mapping == null) {
      throw new InvalidOptionsError(
          "mappingEngine is " + value + "; allowed: skeletonRendezvous, simple");
    }
    return mapping;
  }
}
