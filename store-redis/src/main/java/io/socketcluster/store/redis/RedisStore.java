// SPDX-License-Identifier: MIT
package io.socketcluster.store.redis;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.redis.RedisClients;
import io.socketcluster.redis.RedisOptions;
import io.socketcluster.store.Store;
import io.socketcluster.store.StoreOptions;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes stores whose data is in <a href="https://redis.io">Redis</a> or <a
 * href="https://valkey.io">Valkey</a>, shared by all who use the same prefix:
 *
 * <pre>{@code
 * Store store = RedisStore.at("redis://localhost:6379").build();
 * }</pre>
 *
 * <p>The user in Redis has to be allowed the commands HGET, HMGET, HSET, DEL, UNLINK, EXISTS,
 * PEXPIRE, PERSIST, PTTL, SCAN, EVAL, EVALSHA, PUBLISH, SUBSCRIBE, PING and CLIENT, on the keys and
 * channels {@code PREFIX:*}. A program that may write there can change all data of the store.
 */
public final class RedisStore {
  private final String url;
  private String prefix = "socketcluster:store";
  private StoreOptions options = StoreOptions.DEFAULT;
  private boolean verifyPeer = true;
  private @Nullable Path trustedCertificates;
  private RedisOptions.Login sentinelLogin = RedisOptions.Login.NONE;

  private RedisStore(String url) {
    this.url = url;
  }

  /**
   * Begins with the address of Redis.
   *
   * @param url {@code redis://host:port} for one server, {@code redis+sentinel://host:port,..
   *     /MASTER} for a master that sentinels watch; with {@code rediss} for TLS, with {@code
   *     user:password@} or {@code password@} before the hosts, percent-encoded; the port is 6379,
   *     of sentinels 26379, when it is left out
   */
  public static RedisStore at(String url) {
    return new RedisStore(url);
  }

  /**
   * Sets what all keys and channels in Redis begin with; {@code socketcluster:store} by default.
   * Stores with the same prefix have the same data.
   */
  public RedisStore prefix(String prefix) {
    this.prefix = prefix;
    return this;
  }

  /** Sets the limits of the store. */
  public RedisStore options(StoreOptions options) {
    this.options = options;
    return this;
  }

  /**
   * Sets the certificates that are trusted with {@code rediss://}, in place of the JDK's own: those
   * of the servers, or of the authority that has signed them.
   *
   * @param file PEM
   */
  public RedisStore trustedCertificates(Path file) {
    this.trustedCertificates = file;
    return this;
  }

  /**
   * Sets what the sentinels ask for; the user and password of the address are those of the master.
   *
   * @param user null for the default user
   */
  public RedisStore sentinelLogin(@Nullable String user, String password) {
    this.sentinelLogin = new RedisOptions.Login(user, password);
    return this;
  }

  /** Accepts any certificate of the server with {@code rediss://}: for tests. */
  public RedisStore trustAllCertificates() {
    this.verifyPeer = false;
    return this;
  }

  /**
   * Makes the store, which begins to connect. Verbs wait for the first connection. While a lost
   * connection is replaced, they fail.
   *
   * @throws InvalidOptionsError if a setting is wrong
   */
  public Store build() {
    RedisOptions redis =
        RedisOptions.parse(
            Objects.requireNonNullElse(url, ""),
            new RedisOptions.Trust(verifyPeer, trustedCertificates),
            sentinelLogin,
            Objects.requireNonNullElse(prefix, ""),
            options.timeout());
    if (redis.kind() == RedisOptions.Kind.CLUSTER) {
      throw new InvalidOptionsError(
          "url is the address of a Redis cluster; allowed: redis:// and redis+sentinel://");
    }
    RedisClients clients = new RedisClients(redis);
    RedisLink link = new RedisLink(redis, clients);
    return Store.on(new RedisBackend(link, redis.setting().prefix(), options), options);
  }
}
