// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.cluster.ClusterBroker;
import io.socketcluster.broker.cluster.ClusterOptions;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.redis.RedisOptions;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes engines that join servers through <a href="https://redis.io">Redis</a> or <a
 * href="https://valkey.io">Valkey</a>:
 *
 * <pre>{@code
 * AGBrokerEngine engine = RedisBroker.at("redis://localhost:6379").build();
 * AGServer server = AGServer.create(AGServerOptions.builder().brokerEngine(engine).build());
 * }</pre>
 *
 * <p>The user of the servers in Redis has to be allowed the commands PUBLISH, SUBSCRIBE,
 * UNSUBSCRIBE, PING and CLIENT (in a Redis cluster SPUBLISH, SSUBSCRIBE, SUNSUBSCRIBE and CLUSTER,
 * too), on the channels {@code PREFIX:*} and {@code PREFIX;*}, where {@code PREFIX} is {@code
 * socketcluster} unless {@link #prefix} says otherwise. A program that may publish there can reach
 * every client of the cluster.
 */
public final class RedisBroker {
  private final String url;
  private String prefix = "socketcluster";
  private ClusterOptions limits = ClusterOptions.DEFAULT;
  private boolean verifyPeer = true;
  private @Nullable Path trustedCertificates;
  private RedisOptions.Login sentinelLogin = RedisOptions.Login.NONE;

  private RedisBroker(String url) {
    this.url = url;
  }

  /**
   * Begins with the address of Redis.
   *
   * @param url {@code redis://host:port} for one server, {@code redis+sentinel://host:port,..
   *     /MASTER} for a master that sentinels watch, {@code redis+cluster://host:port,..} for a
   *     cluster, which needs Redis 7 or Valkey; with {@code rediss} for TLS, with {@code
   *     user:password@} or {@code password@} before the hosts, percent-encoded; the port is 6379,
   *     of sentinels 26379, when it is left out
   */
  public static RedisBroker at(String url) {
    return new RedisBroker(url);
  }

  /** Sets what all channels in Redis begin with. Servers with the same prefix exchange messages. */
  public RedisBroker prefix(String prefix) {
    this.prefix = prefix;
    return this;
  }

  /** Sets the limits of the engine. */
  public RedisBroker limits(ClusterOptions limits) {
    this.limits = limits;
    return this;
  }

  /**
   * Sets the certificates that are trusted with {@code rediss://}, in place of the JDK's own: those
   * of the servers, or of the authority that has signed them.
   *
   * @param file PEM
   */
  public RedisBroker trustedCertificates(Path file) {
    this.trustedCertificates = file;
    return this;
  }

  /**
   * Sets what the sentinels ask for; the user and password of the address are those of the master.
   *
   * @param user null for the default user
   */
  public RedisBroker sentinelLogin(@Nullable String user, String password) {
    this.sentinelLogin = new RedisOptions.Login(user, password);
    return this;
  }

  /** Accepts any certificate of the server with {@code rediss://}: for tests. */
  public RedisBroker trustAllCertificates() {
    this.verifyPeer = false;
    return this;
  }

  /**
   * Makes the engine, which begins to connect. The caller closes it.
   *
   * @throws InvalidOptionsError if a setting is wrong
   */
  public AGBrokerEngine build() {
    RedisOptions options =
        RedisOptions.parse(
            Objects.requireNonNullElse(url, ""),
            new RedisOptions.Trust(verifyPeer, trustedCertificates),
            sentinelLogin,
            Objects.requireNonNullElse(prefix, ""),
            limits.timeout());
    return new ClusterBroker(new RedisConnector(options), limits);
  }
}
