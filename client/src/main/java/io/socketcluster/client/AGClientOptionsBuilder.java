// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.client.internal.transport.TrustedCertificates;
import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.core.options.OptionData;
import io.socketcluster.core.options.OptionValues;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Builds {@link AGClientOptions}. Not thread-safe. A bad value is refused by {@link #build}, with
 * its name and what is allowed.
 */
public final class AGClientOptionsBuilder {
  private static final String ENVIRONMENT_PREFIX = "SOCKETCLUSTER_CLIENT_";

  private final OptionValues values;

  AGClientOptionsBuilder(OptionValues values) {
    this.values = values;
  }

  /**
   * Sets {@code secure}, {@code hostname}, {@code port}, {@code path} and {@code query} from an
   * address like {@code wss://example.com/socketcluster/?room=1}; what it does not have is set to
   * its default. {@link #build} refuses what is no {@code ws}, {@code wss}, {@code http} or {@code
   * https} address of a server.
   */
  public AGClientOptionsBuilder uri(String uri) {
    ServerAddress address = uri == null ? null : ServerAddress.parse(uri);
    if (address == null) {
      values.refuse(
          "uri is "
              + (uri == null ? null : ServerAddress.withoutSecrets(uri))
              + "; allowed: ws:// or wss:// with a host, perhaps a port, a path and a query");
    } else {
      address.applyTo(values);
    }
    return this;
  }

  /** Where the server is: a name or an address. Default: {@code localhost}. */
  public AGClientOptionsBuilder hostname(String value) {
    values.set(DeclaredOptions.HOSTNAME, value);
    return this;
  }

  /** The port. Default: 443 if {@code secure}, else 80. */
  public AGClientOptionsBuilder port(int value) {
    values.set(DeclaredOptions.PORT, value);
    return this;
  }

  /** Whether the connection is encrypted. Default: false. */
  public AGClientOptionsBuilder secure(boolean value) {
    values.set(DeclaredOptions.SECURE, value);
    return this;
  }

  /** The path of the server's endpoint. Default: {@code /socketcluster/}. */
  public AGClientOptionsBuilder path(String value) {
    values.set(DeclaredOptions.PATH, value);
    return this;
  }

  /** One more parameter of the query, which the server can see. Default: none. */
  public AGClientOptionsBuilder query(String name, String value) {
    values.change(DeclaredOptions.QUERY, fields -> with(fields, name, value));
    return this;
  }

  /** One more header field of the request. Default: none. */
  public AGClientOptionsBuilder header(String name, String value) {
    values.change(DeclaredOptions.HEADERS, fields -> with(fields, name, value));
    return this;
  }

  /** Whether a socket connects as soon as it is made. Default: true. */
  public AGClientOptionsBuilder autoConnect(boolean value) {
    values.set(DeclaredOptions.AUTO_CONNECT, value);
    return this;
  }

  /** Whether a socket connects again when it has lost its connection. Default: true. */
  public AGClientOptionsBuilder autoReconnect(boolean value) {
    values.set(DeclaredOptions.AUTO_RECONNECT, value);
    return this;
  }

  /** When it does that. Default: {@link AutoReconnectOptions#DEFAULT}. */
  public AGClientOptionsBuilder autoReconnectOptions(AutoReconnectOptions value) {
    values.set(DeclaredOptions.AUTO_RECONNECT_OPTIONS, value);
    return this;
  }

  /**
   * Whether pending channels are subscribed as soon as there is a connection; else {@code
   * processPendingSubscriptions} does it. Default: true.
   */
  public AGClientOptionsBuilder autoSubscribeOnConnect(boolean value) {
    values.set(DeclaredOptions.AUTO_SUBSCRIBE_ON_CONNECT, value);
    return this;
  }

  /**
   * How long it may take until there is a connection, its TLS and its upgrade with it; then the
   * socket closes with 4007. Default: 20 seconds.
   */
  public AGClientOptionsBuilder connectTimeout(Duration value) {
    values.set(DeclaredOptions.CONNECT_TIMEOUT, value);
    return this;
  }

  /** How long an answer is waited for, and how long what is sent may wait. Default: 10 seconds. */
  public AGClientOptionsBuilder ackTimeout(Duration value) {
    values.set(DeclaredOptions.ACK_TIMEOUT, value);
    return this;
  }

  /** Whether a connection is kept however long the server is silent. Default: false. */
  public AGClientOptionsBuilder pingTimeoutDisabled(boolean value) {
    values.set(DeclaredOptions.PING_TIMEOUT_DISABLED, value);
    return this;
  }

  /** Whether the query of each request has the time in milliseconds. Default: false. */
  public AGClientOptionsBuilder timestampRequests(boolean value) {
    values.set(DeclaredOptions.TIMESTAMP_REQUESTS, value);
    return this;
  }

  /** The name of that parameter. Default: {@code t}. */
  public AGClientOptionsBuilder timestampParam(String value) {
    values.set(DeclaredOptions.TIMESTAMP_PARAM, value);
    return this;
  }

  /** Whether what is sent after the handshake is sent in batches. Default: false. */
  public AGClientOptionsBuilder batchOnHandshake(boolean value) {
    values.set(DeclaredOptions.BATCH_ON_HANDSHAKE, value);
    return this;
  }

  /** For how long after the handshake. Default: 100 milliseconds. */
  public AGClientOptionsBuilder batchOnHandshakeDuration(Duration value) {
    values.set(DeclaredOptions.BATCH_ON_HANDSHAKE_DURATION, value);
    return this;
  }

  /** How long a batch may wait until it is sent. Default: 50 milliseconds. */
  public AGClientOptionsBuilder batchInterval(Duration value) {
    values.set(DeclaredOptions.BATCH_INTERVAL, value);
    return this;
  }

  /** The version of the protocol, 1 for servers before SocketCluster 15. Default: 2. */
  public AGClientOptionsBuilder protocolVersion(int value) {
    values.set(DeclaredOptions.PROTOCOL_VERSION, value);
    return this;
  }

  /** What turns messages into packets and back, as the server does. Default: JSON. */
  public AGClientOptionsBuilder codecEngine(CodecEngine value) {
    values.set(DeclaredOptions.CODEC_ENGINE, value);
    return this;
  }

  /**
   * The Jackson mapper that data is bound to types with, and written with, whatever the codec: its
   * modules, naming strategy, mix-ins and features. {@link io.socketcluster.protocol.DataMapper}
   * says what it does not change. Default, and null: Jackson's own settings.
   */
  public AGClientOptionsBuilder jsonMapper(@Nullable JsonMapper value) {
    values.setOrReset(DeclaredOptions.JSON_MAPPER, value);
    return this;
  }

  /** What keeps the token. Default: a {@link MemoryAuthEngine} for each socket. */
  public AGClientOptionsBuilder authEngine(@Nullable AuthEngine value) {
    values.setOrReset(DeclaredOptions.AUTH_ENGINE, value);
    return this;
  }

  /**
   * What the token is kept under. Default: {@code socketcluster.authToken.} with hostname and port.
   */
  public AGClientOptionsBuilder authTokenName(@Nullable String value) {
    values.setOrReset(DeclaredOptions.AUTH_TOKEN_NAME, value);
    return this;
  }

  /** What the names of channels begin with on the server, but not here. Default: nothing. */
  public AGClientOptionsBuilder channelPrefix(String value) {
    values.set(DeclaredOptions.CHANNEL_PREFIX, value);
    return this;
  }

  /**
   * Whom a secure connection trusts, and the client's own certificate if it has one. Names are
   * verified in any case. Default: what the JVM trusts.
   */
  public AGClientOptionsBuilder sslContext(@Nullable SSLContext value) {
    values.setOrReset(DeclaredOptions.SSL_CONTEXT, value);
    return this;
  }

  /**
   * Trusts these certificates, and those for which they vouch, and no others. {@link #build}
   * refuses a text without any.
   *
   * @param pem certificates in PEM form
   */
  public AGClientOptionsBuilder trustedCertificates(String pem) {
    return trusting(pem == null ? null : () -> TrustedCertificates.of(pem));
  }

  /**
   * Trusts the certificates in this file, and those for which they vouch, and no others. {@link
   * #build} refuses a file without any, or that cannot be read.
   *
   * @param pem certificates in PEM form, read now
   */
  public AGClientOptionsBuilder trustedCertificates(Path pem) {
    return trusting(pem == null ? null : () -> TrustedCertificates.of(pem));
  }

  private AGClientOptionsBuilder trusting(@Nullable Supplier<SSLContext> certificates) {
    if (certificates == null) {
      values.refuse("trustedCertificates is null; allowed: certificates in PEM form");
      return this;
    }
    try {
      values.set(DeclaredOptions.SSL_CONTEXT, certificates.get());
    } catch (InvalidOptionsError e) {
      values.refuse(e.getMessage());
    }
    return this;
  }

  /** The proxy to connect through. Default: none. */
  public AGClientOptionsBuilder proxy(@Nullable ProxyOptions value) {
    values.setOrReset(DeclaredOptions.PROXY, value);
    return this;
  }

  /** The largest message of the server in bytes; a larger one closes with 1009. Default: 16 MiB. */
  public AGClientOptionsBuilder maxPayload(int value) {
    values.set(DeclaredOptions.MAX_PAYLOAD, value);
    return this;
  }

  /**
   * Sets whether the socket offers to compress messages, as {@link PerMessageDeflate#ON} says. The
   * default is {@code false}.
   */
  public AGClientOptionsBuilder perMessageDeflate(boolean value) {
    values.set(
        DeclaredOptions.PER_MESSAGE_DEFLATE,
        value ? Optional.of(PerMessageDeflate.ON) : Optional.empty());
    return this;
  }

  /**
   * Sets how messages are compressed if the server agrees. By default no compression is offered.
   */
  public AGClientOptionsBuilder perMessageDeflate(PerMessageDeflate value) {
    values.set(DeclaredOptions.PER_MESSAGE_DEFLATE, value == null ? null : Optional.of(value));
    return this;
  }

  /**
   * How many bytes may wait to be sent; more are refused with a {@code ResourceLimitError}, but for
   * one message that is larger while nothing waits. Default: 16 MiB.
   */
  public AGClientOptionsBuilder outboundBufferLimit(int value) {
    values.set(DeclaredOptions.OUTBOUND_BUFFER_LIMIT, value);
    return this;
  }

  /**
   * Sets each option that the map has, by its name as in {@code docs/client-options.md}: text,
   * numbers, booleans, lists and maps, as JSON has them. A number is milliseconds where the option
   * is a time; a text such as {@code 20s} or {@code PT20S} is a time, too. {@link #build} refuses
   * names that no option has, and values that have another form. Options that are objects of code,
   * such as {@code authEngine}, have no form as data.
   */
  public AGClientOptionsBuilder fromMap(Map<String, ?> options) {
    new OptionData(DeclaredOptions.ALL, values).readMap(options);
    return this;
  }

  /** Sets each option that a JSON object has, in the forms of {@link #fromMap}. */
  public AGClientOptionsBuilder fromJson(String json) {
    new OptionData(DeclaredOptions.ALL, values).readJson(json);
    return this;
  }

  /**
   * Sets options from environment variables, usually {@code System.getenv()}: first those of the
   * JSON object in {@code SOCKETCLUSTER_CLIENT_OPTIONS}, then each that has a variable of its own,
   * such as {@code SOCKETCLUSTER_CLIENT_ACK_TIMEOUT} for {@code ackTimeout}. {@link #build} refuses
   * a variable that looks like a misspelt option; other variables with that prefix are left to the
   * application.
   */
  public AGClientOptionsBuilder fromEnvironment(Map<String, String> variables) {
    new OptionData(DeclaredOptions.ALL, values).readEnvironment(variables, ENVIRONMENT_PREFIX);
    return this;
  }

  /**
   * Returns the options. The builder can be used again.
   *
   * @throws InvalidOptionsError when options are refused; the message has a line for each, with its
   *     name, its value and what is allowed
   */
  public AGClientOptions build() {
    OptionValues built = values.copy();
    built.check();
    if (built.isGiven(DeclaredOptions.SSL_CONTEXT) && !built.get(DeclaredOptions.SECURE)) {
      throw new InvalidOptionsError("sslContext is set; allowed: only with secure");
    }
    return new AGClientOptions(built);
  }

  private static @Nullable Map<String, List<String>> with(
      Map<String, List<String>> fields, String name, String value) {
    if (name == null || value == null) {
      return null;
    }
    Map<String, List<String>> more = new LinkedHashMap<>(fields);
    List<String> all = new ArrayList<>(fields.getOrDefault(name, List.of()));
    all.add(value);
    more.put(name, List.copyOf(all));
    return Collections.unmodifiableMap(more);
  }
}
