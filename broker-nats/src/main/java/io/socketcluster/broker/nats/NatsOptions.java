// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats;

import io.nats.client.Nats;
import io.nats.client.Options;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How to reach NATS. Checked; immutable.
 *
 * @param uris one for each server: {@code nats://} or {@code tls://}, a host, a port if it is not
 *     4222, and {@code user:password@} or {@code token@} if the server asks for them
 */
record NatsOptions(
    List<URI> uris,
    String prefix,
    Duration timeout,
    @Nullable SSLContext sslContext,
    @Nullable Path credentials) {
  private static final Set<String> SCHEMES = Set.of("nats", "tls");
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
  private static final int DEFAULT_PORT = 4222;

  NatsOptions {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new InvalidOptionsError(
          "prefix is " + prefix + "; allowed: letters, digits, - and _, in parts joined by dots");
    }
    if (credentials != null && !Files.isReadable(credentials)) {
      throw new InvalidOptionsError(
          "credentials is " + credentials + "; allowed: a file that can be read");
    }
  }

  /** Parses the addresses of the servers of one NATS cluster, parted by commas. */
  static List<URI> parse(String url) {
    return Arrays.stream(url.split(",", -1)).map(each -> server(each.strip())).toList();
  }

  private static URI server(String url) {
    try {
      URI uri = new URI(url.contains("://") ? url : "nats://" + url);
      if (uri.getScheme() != null
          && SCHEMES.contains(uri.getScheme())
          && uri.getHost() != null
          && (uri.getPath() == null || uri.getPath().isEmpty() || uri.getPath().equals("/"))
          && uri.getQuery() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw invalid(e); // the message of the exception may hold the password
    }
    throw invalid(null);
  }

  private static InvalidOptionsError invalid(@Nullable URISyntaxException syntax) {
    String place = syntax == null ? "" : " (wrong at character " + syntax.getIndex() + ")";
    return new InvalidOptionsError(
        "url is no address of NATS"
            + place
            + "; allowed: nats://host:4222 or tls://user:password@host:4222, several parted by"
            + " commas");
  }

  /** Returns the addresses for the client library. */
  String[] servers() {
    return uris.stream().map(URI::toString).toArray(String[]::new);
  }

  /** Returns the addresses without user and password, for messages. */
  String address() {
    return uris.stream().map(NatsOptions::withoutSecrets).collect(Collectors.joining(","));
  }

  private static String withoutSecrets(URI uri) {
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + ":" + port;
  }

  /** Adds what proves to the server who we are, and to us who the server is. */
  void authenticate(Options.Builder builder) throws GeneralSecurityException {
    if (sslContext != null) {
      builder.sslContext(sslContext);
    } else if (uris.stream().anyMatch(uri -> "tls".equals(uri.getScheme()))) {
      builder.sslContext(SSLContext.getDefault());
    }
    if (credentials != null) {
      builder.authHandler(Nats.credentials(credentials.toString()));
    }
  }
}
