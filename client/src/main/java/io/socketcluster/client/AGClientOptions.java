// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.client.spi.ClientObserver;
import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.options.OptionValues;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The options of a client socket. Immutable; {@link #builder} starts with the defaults that
 * SocketCluster documents for {@code socketClusterClient.create}, and with safe defaults for all
 * other options.
 */
public final class AGClientOptions {
  private final OptionValues values;
  private final DataMapper dataMapper;

  AGClientOptions(OptionValues values) {
    this.values = values;
    JsonMapper mapper = values.find(DeclaredOptions.JSON_MAPPER);
    this.dataMapper = mapper == null ? DataMapper.STANDARD : DataMapper.of(mapper);
  }

  /** The default options. */
  public static final AGClientOptions DEFAULT = builder().build();

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder(new OptionValues(DeclaredOptions.ALL));
  }

  /** Returns a builder with the values of these options. */
  public Builder toBuilder() {
    return new Builder(values.copy());
  }

  /** Returns the host of the server. */
  public String hostname() {
    return values.get(DeclaredOptions.HOSTNAME);
  }

  /** Returns the port of the server: the port that was set, or 443 with TLS and 80 without. */
  public int port() {
    Integer port = values.find(DeclaredOptions.PORT);
    return port != null ? port : secure() ? 443 : 80;
  }

  /** Returns whether the connection is encrypted. */
  public boolean secure() {
    return values.get(DeclaredOptions.SECURE);
  }

  /** Returns the path of the server's endpoint. */
  public String path() {
    return values.get(DeclaredOptions.PATH);
  }

  /** Returns the query parameters of the request, in order. */
  public Map<String, List<String>> query() {
    return values.get(DeclaredOptions.QUERY);
  }

  /** Returns the header fields sent in addition to those of the upgrade, in order. */
  public Map<String, List<String>> headers() {
    return values.get(DeclaredOptions.HEADERS);
  }

  /** Returns whether a socket connects as soon as it is created. */
  public boolean autoConnect() {
    return values.get(DeclaredOptions.AUTO_CONNECT);
  }

  /** Returns whether a socket reconnects after it has lost its connection. */
  public boolean autoReconnect() {
    return values.get(DeclaredOptions.AUTO_RECONNECT);
  }

  /** Returns the delays between attempts to reconnect. */
  public AutoReconnectOptions autoReconnectOptions() {
    return values.get(DeclaredOptions.AUTO_RECONNECT_OPTIONS);
  }

  /** Returns whether pending channels are subscribed on every connection. */
  public boolean autoSubscribeOnConnect() {
    return values.get(DeclaredOptions.AUTO_SUBSCRIBE_ON_CONNECT);
  }

  /** Returns the longest time until TCP, TLS and the upgrade are complete. */
  public Duration connectTimeout() {
    return values.get(DeclaredOptions.CONNECT_TIMEOUT);
  }

  /** Returns the longest wait for an answer, including the answer to the handshake. */
  public Duration ackTimeout() {
    return values.get(DeclaredOptions.ACK_TIMEOUT);
  }

  /** Returns whether a connection stays open however long the server is silent. */
  public boolean pingTimeoutDisabled() {
    return values.get(DeclaredOptions.PING_TIMEOUT_DISABLED);
  }

  /** Returns whether the query of each request contains the time, to bypass caches. */
  public boolean timestampRequests() {
    return values.get(DeclaredOptions.TIMESTAMP_REQUESTS);
  }

  /** Returns the name of the query parameter that {@code timestampRequests} adds. */
  public String timestampParam() {
    return values.get(DeclaredOptions.TIMESTAMP_PARAM);
  }

  /** Returns whether everything sent right after the handshake is batched. */
  public boolean batchOnHandshake() {
    return values.get(DeclaredOptions.BATCH_ON_HANDSHAKE);
  }

  /** Returns how long batching lasts after the handshake. */
  public Duration batchOnHandshakeDuration() {
    return values.get(DeclaredOptions.BATCH_ON_HANDSHAKE_DURATION);
  }

  /** Returns the longest time that a batch waits before it is sent. */
  public Duration batchInterval() {
    return values.get(DeclaredOptions.BATCH_INTERVAL);
  }

  /** Returns the version of the protocol. */
  public ProtocolVersion protocolVersion() {
    return values.get(DeclaredOptions.PROTOCOL_VERSION);
  }

  /** Returns the codec that turns messages into packets and back. */
  public CodecEngine codecEngine() {
    return values.get(DeclaredOptions.CODEC_ENGINE);
  }

  /** Returns the Jackson mapper that was set, or null. */
  public @Nullable JsonMapper jsonMapper() {
    return values.find(DeclaredOptions.JSON_MAPPER);
  }

  /** Returns the mapper between data and Java values; it uses {@code jsonMapper} if that is set. */
  public DataMapper dataMapper() {
    return dataMapper;
  }

  /** Returns the store of the auth token, or null if each socket creates its own. */
  public @Nullable AuthEngine authEngine() {
    return values.find(DeclaredOptions.AUTH_ENGINE);
  }

  /** Returns the time that the socket goes by. */
  public TimeSource timeSource() {
    return values.get(DeclaredOptions.TIME_SOURCE);
  }

  /** Returns the observer of the calls and publishes of the application. */
  public ClientObserver clientObserver() {
    return values.get(DeclaredOptions.CLIENT_OBSERVER);
  }

  /**
   * Returns the key under which the token is stored: the name that was set, or a name with host and
   * port.
   */
  public String authTokenName() {
    String name = values.find(DeclaredOptions.AUTH_TOKEN_NAME);
    return name != null ? name : "socketcluster.authToken." + hostname() + ":" + port();
  }

  /**
   * Returns the prefix that channel names have on the server but not in this client, or an empty
   * string.
   */
  public String channelPrefix() {
    return values.get(DeclaredOptions.CHANNEL_PREFIX);
  }

  /** Returns the trust settings of a secure connection, or null for those of the JVM. */
  public @Nullable SSLContext sslContext() {
    return values.find(DeclaredOptions.SSL_CONTEXT);
  }

  /** Returns the proxy to connect through, or null. */
  public @Nullable ProxyOptions proxy() {
    return values.find(DeclaredOptions.PROXY);
  }

  /** Returns the largest message in bytes that the server may send. */
  public int maxPayload() {
    return values.get(DeclaredOptions.MAX_PAYLOAD);
  }

  /**
   * Returns how messages are compressed if the server agrees, or null if no compression is offered.
   */
  public @Nullable PerMessageDeflate perMessageDeflate() {
    return values.get(DeclaredOptions.PER_MESSAGE_DEFLATE).orElse(null);
  }

  /** Returns the bytes that may be queued for sending. */
  public int outboundBufferLimit() {
    return values.get(DeclaredOptions.OUTBOUND_BUFFER_LIMIT);
  }

  @Override
  public String toString() {
    return "AGClientOptions["
        + (secure() ? "wss" : "ws")
        + "://"
        + hostname()
        + ":"
        + port()
        + path()
        + "]";
  }

  /** Sets the options one by one; {@link #build} checks them. Not thread-safe. */
  public static final class Builder extends ClientOptionSetters {
    Builder(OptionValues values) {
      super(values);
    }

    /**
     * Returns the options. The builder can be used again.
     *
     * @throws InvalidOptionsError when options are refused; the message has a line for each, with
     *     its name, its value and what is allowed
     */
    public AGClientOptions build() {
      OptionValues built = values.copy();
      built.check();
      if (built.isGiven(DeclaredOptions.SSL_CONTEXT) && !built.get(DeclaredOptions.SECURE)) {
        throw new InvalidOptionsError("sslContext is set; allowed: only with secure");
      }
      return new AGClientOptions(built);
    }
  }
}
