// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.client.internal.transport.TrustedCertificates;
import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.options.Option;
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
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The setters of {@link AGClientOptions.Builder}, which has no others: they fill a file of their
 * own. Javadoc shows them there.
 */
abstract sealed class ClientOptionSetters permits AGClientOptions.Builder {
  private static final String ENVIRONMENT_PREFIX = "SOCKETCLUSTER_CLIENT_";

  final OptionValues values;

  ClientOptionSetters(OptionValues values) {
    this.values = values;
  }

  private AGClientOptions.Builder self() {
    return (AGClientOptions.Builder) this;
  }

  private <T> AGClientOptions.Builder set(Option<T> option, @Nullable T value) {
    values.set(option, value);
    return self();
  }

  private <T> AGClientOptions.Builder setOrReset(Option<T> option, @Nullable T value) {
    values.setOrReset(option, value);
    return self();
  }

  private <T> AGClientOptions.Builder change(Option<T> option, Function<T, @Nullable T> change) {
    values.change(option, change);
    return self();
  }

  /**
   * Sets {@code secure}, {@code hostname}, {@code port}, {@code path} and {@code query} from an
   * address like {@code wss://example.com/socketcluster/?room=1}; what it does not have is set to
   * its default. {@code build} refuses what is no {@code ws}, {@code wss}, {@code http} or {@code
   * https} address of a server.
   */
  public AGClientOptions.Builder uri(String uri) {
    ServerAddress address = uri == null ? null : ServerAddress.parse(uri);
    if (address == null) {
      values.refuse(
          "uri is "
              + (uri == null ? null : ServerAddress.withoutSecrets(uri))
              + "; allowed: ws:// or wss:// with a host, perhaps a port, a path and a query");
    } else {
      address.applyTo(values);
    }
    return self();
  }

  /** Where the server is: a name or an address. Default: {@code localhost}. */
  public AGClientOptions.Builder hostname(String value) {
    return set(DeclaredOptions.HOSTNAME, value);
  }

  /** The port. Default: 443 if {@code secure}, else 80. */
  public AGClientOptions.Builder port(int value) {
    return set(DeclaredOptions.PORT, value);
  }

  /** Whether the connection is encrypted. Default: false. */
  public AGClientOptions.Builder secure(boolean value) {
    return set(DeclaredOptions.SECURE, value);
  }

  /** The path of the server's endpoint. Default: {@code /socketcluster/}. */
  public AGClientOptions.Builder path(String value) {
    return set(DeclaredOptions.PATH, value);
  }

  /** One more parameter of the query, which the server can see. Default: none. */
  public AGClientOptions.Builder query(String name, String value) {
    return change(DeclaredOptions.QUERY, fields -> with(fields, name, value));
  }

  /** One more header field of the request. Default: none. */
  public AGClientOptions.Builder header(String name, String value) {
    return change(DeclaredOptions.HEADERS, fields -> with(fields, name, value));
  }

  /** Whether a socket connects as soon as it is made. Default: true. */
  public AGClientOptions.Builder autoConnect(boolean value) {
    return set(DeclaredOptions.AUTO_CONNECT, value);
  }

  /** Whether a socket connects again when it has lost its connection. Default: true. */
  public AGClientOptions.Builder autoReconnect(boolean value) {
    return set(DeclaredOptions.AUTO_RECONNECT, value);
  }

  /** When it does that. Default: {@link AutoReconnectOptions#DEFAULT}. */
  public AGClientOptions.Builder autoReconnectOptions(AutoReconnectOptions value) {
    return set(DeclaredOptions.AUTO_RECONNECT_OPTIONS, value);
  }

  /**
   * Whether pending channels are subscribed as soon as there is a connection; else {@code
   * processPendingSubscriptions} does it. Default: true.
   */
  public AGClientOptions.Builder autoSubscribeOnConnect(boolean value) {
    return set(DeclaredOptions.AUTO_SUBSCRIBE_ON_CONNECT, value);
  }

  /**
   * How long it may take until there is a connection, its TLS and its upgrade with it; then the
   * socket closes with 4007. Default: 20 seconds.
   */
  public AGClientOptions.Builder connectTimeout(Duration value) {
    return set(DeclaredOptions.CONNECT_TIMEOUT, value);
  }

  /** How long an answer is waited for, and how long what is sent may wait. Default: 10 seconds. */
  public AGClientOptions.Builder ackTimeout(Duration value) {
    return set(DeclaredOptions.ACK_TIMEOUT, value);
  }

  /** Whether a connection is kept however long the server is silent. Default: false. */
  public AGClientOptions.Builder pingTimeoutDisabled(boolean value) {
    return set(DeclaredOptions.PING_TIMEOUT_DISABLED, value);
  }

  /** Whether the query of each request has the time in milliseconds. Default: false. */
  public AGClientOptions.Builder timestampRequests(boolean value) {
    return set(DeclaredOptions.TIMESTAMP_REQUESTS, value);
  }

  /** The name of that parameter. Default: {@code t}. */
  public AGClientOptions.Builder timestampParam(String value) {
    return set(DeclaredOptions.TIMESTAMP_PARAM, value);
  }

  /** Whether what is sent after the handshake is sent in batches. Default: false. */
  public AGClientOptions.Builder batchOnHandshake(boolean value) {
    return set(DeclaredOptions.BATCH_ON_HANDSHAKE, value);
  }

  /** For how long after the handshake. Default: 100 milliseconds. */
  public AGClientOptions.Builder batchOnHandshakeDuration(Duration value) {
    return set(DeclaredOptions.BATCH_ON_HANDSHAKE_DURATION, value);
  }

  /** How long a batch may wait until it is sent. Default: 50 milliseconds. */
  public AGClientOptions.Builder batchInterval(Duration value) {
    return set(DeclaredOptions.BATCH_INTERVAL, value);
  }

  /** The version of the protocol, {@code V1} for servers before SocketCluster 15. Default: V2. */
  public AGClientOptions.Builder protocolVersion(ProtocolVersion value) {
    return set(DeclaredOptions.PROTOCOL_VERSION, value);
  }

  /** What turns messages into packets and back, as the server does. Default: JSON. */
  public AGClientOptions.Builder codecEngine(CodecEngine value) {
    return set(DeclaredOptions.CODEC_ENGINE, value);
  }

  /**
   * The Jackson mapper that data is bound to types with, and written with, whatever the codec: its
   * modules, naming strategy, mix-ins and features. {@link io.socketcluster.protocol.DataMapper}
   * says what it does not change. Default, and null: Jackson's own settings.
   */
  public AGClientOptions.Builder jsonMapper(@Nullable JsonMapper value) {
    return setOrReset(DeclaredOptions.JSON_MAPPER, value);
  }

  /** What keeps the token. Default: a {@link MemoryAuthEngine} for each socket. */
  public AGClientOptions.Builder authEngine(@Nullable AuthEngine value) {
    return setOrReset(DeclaredOptions.AUTH_ENGINE, value);
  }

  /**
   * What the token is kept under. Default: {@code socketcluster.authToken.} with hostname and port.
   */
  public AGClientOptions.Builder authTokenName(@Nullable String value) {
    return setOrReset(DeclaredOptions.AUTH_TOKEN_NAME, value);
  }

  /** What the names of channels begin with on the server, but not here. Default: nothing. */
  public AGClientOptions.Builder channelPrefix(String value) {
    return set(DeclaredOptions.CHANNEL_PREFIX, value);
  }

  /**
   * Whom a secure connection trusts, and the client's own certificate if it has one. Names are
   * verified in any case. Default: what the JVM trusts.
   */
  public AGClientOptions.Builder sslContext(@Nullable SSLContext value) {
    return setOrReset(DeclaredOptions.SSL_CONTEXT, value);
  }

  /**
   * Trusts these certificates, and those for which they vouch, and no others. {@code build} refuses
   * a text without any.
   *
   * @param pem certificates in PEM form
   */
  public AGClientOptions.Builder trustedCertificates(String pem) {
    return trusting(pem == null ? null : () -> TrustedCertificates.of(pem));
  }

  /**
   * Trusts the certificates in this file, and those for which they vouch, and no others. {@code
   * build} refuses a file without any, or that cannot be read.
   *
   * @param pem certificates in PEM form, read now
   */
  public AGClientOptions.Builder trustedCertificates(Path pem) {
    return trusting(pem == null ? null : () -> TrustedCertificates.of(pem));
  }

  private AGClientOptions.Builder trusting(@Nullable Supplier<SSLContext> certificates) {
    if (certificates == null) {
      values.refuse("trustedCertificates is null; allowed: certificates in PEM form");
      return self();
    }
    try {
      values.set(DeclaredOptions.SSL_CONTEXT, certificates.get());
    } catch (InvalidOptionsError e) {
      values.refuse(e.getMessage());
    }
    return self();
  }

  /** The proxy to connect through. Default: none. */
  public AGClientOptions.Builder proxy(@Nullable ProxyOptions value) {
    return setOrReset(DeclaredOptions.PROXY, value);
  }

  /** The largest message of the server in bytes; a larger one closes with 1009. Default: 16 MiB. */
  public AGClientOptions.Builder maxPayload(int value) {
    return set(DeclaredOptions.MAX_PAYLOAD, value);
  }

  /**
   * Sets whether the socket offers to compress messages, as {@link PerMessageDeflate#DEFAULT} says.
   * The default is {@code false}.
   */
  public AGClientOptions.Builder perMessageDeflate(boolean value) {
    return set(
        DeclaredOptions.PER_MESSAGE_DEFLATE,
        value ? Optional.of(PerMessageDeflate.DEFAULT) : Optional.empty());
  }

  /**
   * Sets how messages are compressed if the server agrees. By default no compression is offered.
   */
  public AGClientOptions.Builder perMessageDeflate(PerMessageDeflate value) {
    return set(DeclaredOptions.PER_MESSAGE_DEFLATE, value == null ? null : Optional.of(value));
  }

  /**
   * How many bytes may wait to be sent; more are refused with a {@code ResourceLimitError}, but for
   * one message that is larger while nothing waits. Default: 16 MiB.
   */
  public AGClientOptions.Builder outboundBufferLimit(int value) {
    return set(DeclaredOptions.OUTBOUND_BUFFER_LIMIT, value);
  }

  /**
   * Sets each option that the map has, by its name as in {@code docs/client-options.md}: text,
   * numbers, booleans, lists and maps, as JSON has them. A number is milliseconds where the option
   * is a time; a text such as {@code 20s} or {@code PT20S} is a time, too. {@code build} refuses
   * names that no option has, and values that have another form. Options that are objects of code,
   * such as {@code authEngine}, have no form as data.
   */
  public AGClientOptions.Builder fromMap(Map<String, ?> options) {
    new OptionData(DeclaredOptions.ALL, values).readMap(options);
    return self();
  }

  /** Sets each option that a JSON object has, in the forms of {@link #fromMap}. */
  public AGClientOptions.Builder fromJson(String json) {
    new OptionData(DeclaredOptions.ALL, values).readJson(json);
    return self();
  }

  /**
   * Sets options from environment variables, usually {@code System.getenv()}: first those of the
   * JSON object in {@code SOCKETCLUSTER_CLIENT_OPTIONS}, then each that has a variable of its own,
   * such as {@code SOCKETCLUSTER_CLIENT_ACK_TIMEOUT} for {@code ackTimeout}. {@code build} refuses
   * a variable that looks like a misspelt option; other variables with that prefix are left to the
   * application.
   */
  public AGClientOptions.Builder fromEnvironment(Map<String, String> variables) {
    new OptionData(DeclaredOptions.ALL, values).readEnvironment(variables, ENVIRONMENT_PREFIX);
    return self();
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
