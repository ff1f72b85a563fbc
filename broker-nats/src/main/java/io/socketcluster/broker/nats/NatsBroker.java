// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.cluster.ClusterBroker;
import io.socketcluster.broker.cluster.ClusterOptions;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.nio.file.Path;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes engines that join servers through <a href="https://nats.io">NATS</a>:
 *
 * <pre>{@code
 * AGBrokerEngine engine = NatsBroker.at("nats://localhost:4222").build();
 * AGServer server = AGServer.create(AGServerOptions.builder().brokerEngine(engine).build());
 * }</pre>
 *
 * <p>The user of the servers in NATS has to be allowed to publish and subscribe to {@code
 * PREFIX.>}, where {@code PREFIX} is {@code socketcluster} unless {@link #prefix} says otherwise. A
 * program that may publish there can reach every client of the cluster.
 *
 * <p>The engine keeps histories in JetStream, which a NATS server has that is started with {@code
 * -js}. For them the user also has to be allowed to publish to {@code $JS.API.>} and to subscribe
 * to {@code _INBOX.>}. A server without JetStream joins the servers as before; only publishes to
 * channels whose history is at the broker fail there.
 */
public final class NatsBroker {
  private final String url;
  private String prefix = "socketcluster";
  private ClusterOptions limits = ClusterOptions.DEFAULT;
  private @Nullable SSLContext sslContext;
  private @Nullable Path credentials;

  private NatsBroker(String url) {
    this.url = url;
  }

  /**
   * Begins with the address of NATS.
   *
   * @param url {@code nats://host:port}, {@code nats://user:password@host:port}, {@code
   *     nats://token@host:port} or with {@code tls://}; several servers of one NATS cluster are
   *     parted by commas; the port is 4222 when it is left out
   */
  public static NatsBroker at(String url) {
    return new NatsBroker(url);
  }

  /**
   * Sets what all subjects begin with. Servers with the same prefix exchange messages.
   *
   * @param prefix letters, digits, {@code -} and {@code _}, in parts joined by dots
   */
  public NatsBroker prefix(String prefix) {
    this.prefix = prefix;
    return this;
  }

  /** Sets the limits of the engine. */
  public NatsBroker limits(ClusterOptions limits) {
    this.limits = limits;
    return this;
  }

  /** Sets the TLS context for {@code tls://}, in place of the JDK's own. */
  public NatsBroker sslContext(SSLContext sslContext) {
    this.sslContext = sslContext;
    return this;
  }

  /** Sets the file with the credentials of a decentralized NATS account. */
  public NatsBroker credentials(Path file) {
    this.credentials = file;
    return this;
  }

  /**
   * Makes the engine, which begins to connect. The caller closes it.
   *
   * @throws InvalidOptionsError if a setting is wrong
   */
  public AGBrokerEngine build() {
    NatsOptions options =
        new NatsOptions(
            NatsOptions.parse(Objects.requireNonNullElse(url, "")),
            Objects.requireNonNullElse(prefix, ""),
            limits.timeout(),
            sslContext,
            credentials);
    return new ClusterBroker(new NatsConnector(options), limits);
  }
}
