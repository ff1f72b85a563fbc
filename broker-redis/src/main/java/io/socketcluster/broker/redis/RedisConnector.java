// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.SslOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.socketcluster.broker.cluster.BrokerConnection;
import io.socketcluster.broker.cluster.BrokerConnector;
import io.socketcluster.broker.cluster.ConnectionEvents;
import io.socketcluster.protocol.errors.BrokerError;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * Opens connections to Redis. They do not reconnect by themselves: the client library would send
 * what was not answered a second time, and keep without bound what is published meanwhile.
 */
final class RedisConnector implements BrokerConnector {
  private static final int THREADS = 2;
  private static final long SHUTDOWN_SECONDS = 2;

  private final RedisOptions options;
  private final ChannelCodec codec;
  private final Stamp stamp = new Stamp();
  private final ClientResources resources =
      DefaultClientResources.builder()
          .ioThreadPoolSize(THREADS)
          .computationThreadPoolSize(THREADS)
          .build();

  RedisConnector(RedisOptions options) {
    this.options = options;
    this.codec = new ChannelCodec(options.setting().prefix());
  }

  @Override
  public String description() {
    return "Redis at " + options.address();
  }

  @Override
  public BrokerConnection connect(ConnectionEvents events) throws BrokerError {
    try {
      boolean isCluster = options.kind() == RedisOptions.Kind.CLUSTER;
      Commands commands = isCluster ? cluster(events) : server(events);
      Duration limit = options.setting().timeout();
      return new RedisConnection(commands, new Received(stamp, events), stamp, limit);
    } catch (RedisException e) {
      throw new BrokerError("Cannot connect to " + description() + ": " + reason(e), e);
    }
  }

  /** The library says that it cannot connect, and in a cause why. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof GeneralSecurityException || cause instanceof SSLException) {
      return cause + "; certificates are trusted with trustedCertificates";
    }
    return cause instanceof RedisException ? String.valueOf(cause.getMessage()) : cause.toString();
  }

  private Commands server(ConnectionEvents events) {
    RedisClient client = RedisClient.create(resources, options.uris().getFirst());
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .sslOptions(sslOptions())
            .build());
    client.addListener(new Losses(events));
    return opened(client, () -> new ServerCommands(client, codec));
  }

  private Commands cluster(ConnectionEvents events) {
    RedisClusterClient client = RedisClusterClient.create(resources, options.uris());
    // The connections to the servers open with the first command to each, which has to wait.
    ClientOptions.Builder patient =
        ClusterClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(DisconnectedBehavior.ACCEPT_COMMANDS)
            .sslOptions(sslOptions());
    client.setOptions((ClusterClientOptions) patient.build());
    client.addListener(new Losses(events));
    return opened(client, () -> new ClusterCommands(client, codec, events));
  }

  private SslOptions sslOptions() {
    Path certificates = options.setting().trust().certificates();
    return certificates == null
        ? SslOptions.create()
        : SslOptions.builder()
            .jdkSslProvider()
            .trustManager(SslOptions.Resource.from(certificates.toFile()))
            .build();
  }

  private static Commands opened(AbstractRedisClient client, Supplier<Commands> open) {
    try {
      return open.get();
    } catch (RedisException e) {
      ClientEnd.await(client);
      throw e;
    }
  }

  @Override
  public void close() {
    resources.shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }
}
