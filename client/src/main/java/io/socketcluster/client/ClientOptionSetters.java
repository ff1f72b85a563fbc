// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.client.internal.transport.TrustedCertificates;
import io.socketcluster.client.spi.ClientObserver;
import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.options.OptionSetters;
import io.socketcluster.core.options.OptionValues;
import io.socketcluster.core.time.TimeSource;
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
 * The setters of {@link AGClientOptions.Builder}, which has no others: they fill a file of their
 * own. Javadoc shows them there.
 */
abstract sealed class ClientOptionSetters extends OptionSetters<AGClientOptions.Builder>
    permits AGClientOptions.Builder {
  private static final String ENVIRONMENT_PREFIX = "SOCKETCLUSTER_CLIENT_";

  ClientOptionSetters(OptionValues values) {
    super(DeclaredOptions.ALL, values);
  }

  @Override
  protected final AGClientOptions.Builder self() {
    return (AGClientOptions.Builder) this;
  }

  /**
   * Sets {@code secure}, {@code hostname}, {@code port}, {@code path} and {@code query} from an
   * address such as {@code wss://example.com/socketcluster/?room=1}. Parts that the address lacks
   * are set to their defaults. {@code build} refuses anything but a {@code ws}, {@code wss}, {@code
   * http} or {@code https} address.
   */
  public AGClientOptions.Builder uri(String uri) {
    ServerAddress address = uri == null ? null : ServerAddress.parse(uri);
    if (address == null) {
      values.refuse(
          "uri is "
              + (uri == null ? null : ServerAddress.withoutSecrets(uri))
              + "; allowed: ws:// or wss:// with a host, perhaps a port, a path and a query, and"
              + " without a user and a password: those belong into a header or a token");
    } else {
      address.applyTo(values);
    }
    return self();
  }

  /** Sets the host of the server: a name or an address. Default: {@code localhost}. */
  public AGClientOptions.Builder hostname(String value) {
    return set(DeclaredOptions.HOSTNAME, value);
  }

  /** Sets the port of the server. Default: 443 if {@code secure}, otherwise 80. */
  public AGClientOptions.Builder port(int value) {
    return set(DeclaredOptions.PORT, value);
  }

  /** Sets whether the connection is encrypted. Default: false. */
  public AGClientOptions.Builder secure(boolean value) {
    return set(DeclaredOptions.SECURE, value);
  }

  /** Sets the path of the server's endpoint. Default: {@code /socketcluster/}. */
  public AGClientOptions.Builder path(String value) {
    return set(DeclaredOptions.PATH, value);
  }

  /** Adds a parameter to the query of the request, which the server can read. Default: none. */
  public AGClientOptions.Builder query(String name, String value) {
    return change(DeclaredOptions.QUERY, fields -> with(fields, name, value));
  }

  /** Adds a header field to the request. Default: none. */
  public AGClientOptions.Builder header(String name, String value) {
    return change(DeclaredOptions.HEADERS, fields -> with(fields, name, value));
  }

  /** Sets whether a socket connects as soon as it is created. Default: true. */
  public AGClientOptions.Builder autoConnect(boolean value) {
    return set(DeclaredOptions.AUTO_CONNECT, value);
  }

  /** Sets whether a socket reconnects after it has lost its connection. Default: true. */
  public AGClientOptions.Builder autoReconnect(boolean value) {
    return set(DeclaredOptions.AUTO_RECONNECT, value);
  }

  /**
   * Sets the delays between attempts to reconnect. Default: {@link AutoReconnectOptions#DEFAULT}.
   */
  public AGClientOptions.Builder autoReconnectOptions(AutoReconnectOptions value) {
    return set(DeclaredOptions.AUTO_RECONNECT_OPTIONS, value);
  }

  /**
   * Sets whether pending channels are subscribed on every connection. If false, call {@code
   * processPendingSubscriptions}. Default: true.
   */
  public AGClientOptions.Builder autoSubscribeOnConnect(boolean value) {
    return set(DeclaredOptions.AUTO_SUBSCRIBE_ON_CONNECT, value);
  }

  /**
   * Sets the longest time until TCP, TLS and the upgrade are complete; after that the socket closes
   * with 4007. Default: 20 seconds.
   */
  public AGClientOptions.Builder connectTimeout(Duration value) {
    return set(DeclaredOptions.CONNECT_TIMEOUT, value);
  }

  /**
   * Sets the longest wait for an answer, and the longest time that data is queued before it is
   * sent. Default: 10 seconds.
   */
  public AGClientOptions.Builder ackTimeout(Duration value) {
    return set(DeclaredOptions.ACK_TIMEOUT, value);
  }

  /** Sets whether a connection stays open however long the server is silent. Default: false. */
  public AGClientOptions.Builder pingTimeoutDisabled(boolean value) {
    return set(DeclaredOptions.PING_TIMEOUT_DISABLED, value);
  }

  /** Sets whether the query of each request contains the time in milliseconds. Default: false. */
  public AGClientOptions.Builder timestampRequests(boolean value) {
    return set(DeclaredOptions.TIMESTAMP_REQUESTS, value);
  }

  /**
   * Sets the name of the query parameter that {@code timestampRequests} adds. Default: {@code t}.
   */
  public AGClientOptions.Builder timestampParam(String value) {
    return set(DeclaredOptions.TIMESTAMP_PARAM, value);
  }

  /** Sets whether everything sent right after the handshake is batched. Default: false. */
  public AGClientOptions.Builder batchOnHandshake(boolean value) {
    return set(DeclaredOptions.BATCH_ON_HANDSHAKE, value);
  }

  /**
   * Sets how long {@code batchOnHandshake} lasts after the handshake. Default: 100 milliseconds.
   */
  public AGClientOptions.Builder batchOnHandshakeDuration(Duration value) {
    return set(DeclaredOptions.BATCH_ON_HANDSHAKE_DURATION, value);
  }

  /** Sets the longest time that a batch waits before it is sent. Default: 50 milliseconds. */
  public AGClientOptions.Builder batchInterval(Duration value) {
    return set(DeclaredOptions.BATCH_INTERVAL, value);
  }

  /**
   * Sets the version of the protocol: {@code V1} for servers before SocketCluster 15. Default:
   * {@code V2}.
   */
  public AGClientOptions.Builder protocolVersion(ProtocolVersion value) {
    return set(DeclaredOptions.PROTOCOL_VERSION, value);
  }

  /** Sets the codec, which must be the codec of the server's endpoint. Default: JSON. */
  public AGClientOptions.Builder codecEngine(CodecEngine value) {
    return set(DeclaredOptions.CODEC_ENGINE, value);
  }

  /**
   * Sets the Jackson mapper that binds incoming data to types and writes outgoing data, with every
   * codec. Its modules, naming strategy, mix-ins and features apply; {@link
   * io.socketcluster.protocol.DataMapper} lists the exceptions. Default, and null: Jackson's own
   * settings.
   */
  public AGClientOptions.Builder jsonMapper(@Nullable JsonMapper value) {
    return setOrReset(DeclaredOptions.JSON_MAPPER, value);
  }

  /** Sets the store of the auth token. Default: a {@link MemoryAuthEngine} per socket. */
  public AGClientOptions.Builder authEngine(@Nullable AuthEngine value) {
    return setOrReset(DeclaredOptions.AUTH_ENGINE, value);
  }

  /**
   * Sets the time that deadlines and reconnections of the socket go by. Use it in tests. The socket
   * keeps the time that it was created with. Default: {@link TimeSource#system}.
   */
  public AGClientOptions.Builder timeSource(TimeSource value) {
    return set(DeclaredOptions.TIME_SOURCE, value);
  }

  /**
   * Sets the observer of the calls and publishes of the application, for example for traces.
   * Default: {@link ClientObserver#NONE}.
   */
  public AGClientOptions.Builder clientObserver(ClientObserver value) {
    return set(DeclaredOptions.CLIENT_OBSERVER, value);
  }

  /**
   * Sets the key under which the token is stored. Default: {@code socketcluster.authToken.} with
   * hostname and port.
   */
  public AGClientOptions.Builder authTokenName(@Nullable String value) {
    return setOrReset(DeclaredOptions.AUTH_TOKEN_NAME, value);
  }

  /**
   * Sets the prefix that channel names have on the server but not in this client. Default: none.
   */
  public AGClientOptions.Builder channelPrefix(String value) {
    return set(DeclaredOptions.CHANNEL_PREFIX, value);
  }

  /**
   * Sets the trusted certificates of a secure connection, and the client's own certificate. Host
   * names are verified in any case. Default: the trust settings of the JVM.
   */
  public AGClientOptions.Builder sslContext(@Nullable SSLContext value) {
    return setOrReset(DeclaredOptions.SSL_CONTEXT, value);
  }

  /**
   * Trusts these certificates and the certificates that they have issued, and no others. {@code
   * build} refuses a text without certificates.
   *
   * @param pem certificates in PEM format
   */
  public AGClientOptions.Builder trustedCertificates(String pem) {
    return trusting(pem == null ? null : () -> TrustedCertificates.of(pem));
  }

  /**
   * Trusts the certificates in this file and the certificates that they have issued, and no others.
   * {@code build} refuses a file that has no certificates or cannot be read.
   *
   * @param pem a file of certificates in PEM format, which this method reads
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

  /** Sets the proxy to connect through. Default: none. */
  public AGClientOptions.Builder proxy(@Nullable ProxyOptions value) {
    return setOrReset(DeclaredOptions.PROXY, value);
  }

  /**
   * Sets the largest message in bytes that the server may send; a larger message closes the socket
   * with 1009. Default: 16 MiB.
   */
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
   * Sets the bytes that may be queued for sending. Above this limit messages are refused with a
   * {@code ResourceLimitError}, except a single larger message while nothing is queued. Default: 16
   * MiB.
   */
  public AGClientOptions.Builder outboundBufferLimit(int value) {
    return set(DeclaredOptions.OUTBOUND_BUFFER_LIMIT, value);
  }

  /**
   * Sets each option in a map, by its name in {@code docs/client-options.md}, from JSON-like
   * values: strings, numbers, booleans, lists and maps. For a duration, a number is milliseconds,
   * and a string has a form such as {@code 20s} or {@code PT20S}. {@code build} refuses unknown
   * names and values of another form. Options that are objects, such as {@code authEngine}, cannot
   * be set from data.
   */
  public AGClientOptions.Builder fromMap(Map<String, ?> options) {
    return read(data -> data.readMap(options));
  }

  /** Sets each option in a JSON object, in the forms of {@link #fromMap}. */
  public AGClientOptions.Builder fromJson(String json) {
    return read(data -> data.readJson(json));
  }

  /**
   * Sets options from environment variables, usually {@code System.getenv()}: first those in the
   * JSON object {@code SOCKETCLUSTER_CLIENT_OPTIONS}, then each option with a variable of its own,
   * such as {@code SOCKETCLUSTER_CLIENT_ACK_TIMEOUT} for {@code ackTimeout}. {@code build} refuses
   * a variable that resembles a misspelt option. Other variables with this prefix belong to the
   * application.
   */
  public AGClientOptions.Builder fromEnvironment(Map<String, String> variables) {
    return read(data -> data.readEnvironment(variables, ENVIRONMENT_PREFIX));
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
