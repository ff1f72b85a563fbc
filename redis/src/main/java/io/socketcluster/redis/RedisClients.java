// SPDX-License-Identifier: MIT
package io.socketcluster.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.SslOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Creates clients of Redis, which share their threads. They do not reconnect by themselves: the
 * client library would send what was not answered a second time, and keep without bound what is
 * sent meanwhile.
 */
public final class RedisClients implements AutoCloseable {
  /** The words of the JDK about a certificate that is not that of the host. */
  private static final Pattern OTHER_HOST = Pattern.compile("subject alternative|No name matching");

  private static final int THREADS = 2;
  private static final long SHUTDOWN_SECONDS = 2;

  private final RedisOptions options;
  private final ClientResources resources =
      DefaultClientResources.builder()
          .ioThreadPoolSize(THREADS)
          .computationThreadPoolSize(THREADS)
          .build();

  /** Creates no client yet. */
  public RedisClients(RedisOptions options) {
    this.options = options;
  }

  /** Creates a client of one server, or of the master that sentinels name. */
  public RedisClient server() {
    RedisClient client = RedisClient.create(resources, options.uris().getFirst());
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .sslOptions(sslOptions())
            .build());
    return client;
  }

  /** Creates a client of a Redis cluster. */
  public RedisClusterClient cluster() {
    RedisClusterClient client = RedisClusterClient.create(resources, options.uris());
    // The connections to the servers open with the first command to each, which has to wait.
    ClientOptions.Builder patient =
        ClusterClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(DisconnectedBehavior.ACCEPT_COMMANDS)
            .sslOptions(sslOptions());
    client.setOptions((ClusterClientOptions) patient.build());
    return client;
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

  /** Returns why it was impossible to connect. The library says that it was, and in a cause why. */
  public static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof GeneralSecurityException || cause instanceof SSLException) {
      return cause
          + (OTHER_HOST.matcher(cause.toString()).find()
              ? "; the certificate has to be that of the host in url"
              : "; certificates are trusted with trustedCertificates");
    }
    return cause instanceof RedisException ? String.valueOf(cause.getMessage()) : cause.toString();
  }

  /** Ends the threads of the clients. */
  @Override
  public void close() {
    resources.shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }
}
