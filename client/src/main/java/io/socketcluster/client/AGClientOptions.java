// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.options.OptionValues;
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
 * What a socket can be told when it is made. Immutable; {@link #builder} gives the defaults that
 * SocketCluster documents for {@code socketClusterClient.create}, safe ones where it has none.
 */
public final class AGClientOptions {
  private final OptionValues values;
  private final DataMapper dataMapper;

  AGClientOptions(OptionValues values) {
    this.values = values;
    JsonMapper mapper = values.find(DeclaredOptions.JSON_MAPPER);
    this.dataMapper = mapper == null ? DataMapper.STANDARD : DataMapper.of(mapper);
  }

  /** The defaults. */
  public static final AGClientOptions DEFAULT = builder().build();

  /** Returns a builder that holds the defaults. */
  public static Builder builder() {
    return new Builder(new OptionValues(DeclaredOptions.ALL));
  }

  /** Returns a builder that holds these options. */
  public Builder toBuilder() {
    return new Builder(values.copy());
  }

  /** Returns where the server is. */
  public String hostname() {
    return values.get(DeclaredOptions.HOSTNAME);
  }

  /** Returns the port: what was set, else 443 for TLS and 80 without. */
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

  /** Returns what the query of the request has, in order. */
  public Map<String, List<String>> query() {
    return values.get(DeclaredOptions.QUERY);
  }

  /** Returns the header fields that are sent besides those of the upgrade, in order. */
  public Map<String, List<String>> headers() {
    return values.get(DeclaredOptions.HEADERS);
  }

  /** Returns whether a socket connects as soon as it is made. */
  public boolean autoConnect() {
    return values.get(DeclaredOptions.AUTO_CONNECT);
  }

  /** Returns whether a socket connects again when it has lost its connection. */
  public boolean autoReconnect() {
    return values.get(DeclaredOptions.AUTO_RECONNECT);
  }

  /** Returns when it does that. */
  public AutoReconnectOptions autoReconnectOptions() {
    return values.get(DeclaredOptions.AUTO_RECONNECT_OPTIONS);
  }

  /** Returns whether pending channels are subscribed as soon as there is a connection. */
  public boolean autoSubscribeOnConnect() {
    return values.get(DeclaredOptions.AUTO_SUBSCRIBE_ON_CONNECT);
  }

  /** Returns how long it may take until there is a connection, before its handshake. */
  public Duration connectTimeout() {
    return values.get(DeclaredOptions.CONNECT_TIMEOUT);
  }

  /** Returns how long an answer is waited for, the handshake's too. */
  public Duration ackTimeout() {
    return values.get(DeclaredOptions.ACK_TIMEOUT);
  }

  /** Returns whether a connection is kept however long the server is silent. */
  public boolean pingTimeoutDisabled() {
    return values.get(DeclaredOptions.PING_TIMEOUT_DISABLED);
  }

  /** Returns whether the query of each request has the time, so that no cache answers it. */
  public boolean timestampRequests() {
    return values.get(DeclaredOptions.TIMESTAMP_REQUESTS);
  }

  /** Returns under which name. */
  public String timestampParam() {
    return values.get(DeclaredOptions.TIMESTAMP_PARAM);
  }

  /** Returns whether what is sent after the handshake is sent in batches. */
  public boolean batchOnHandshake() {
    return values.get(DeclaredOptions.BATCH_ON_HANDSHAKE);
  }

  /** Returns for how long after the handshake. */
  public Duration batchOnHandshakeDuration() {
    return values.get(DeclaredOptions.BATCH_ON_HANDSHAKE_DURATION);
  }

  /** Returns how long a batch may wait until it is sent. */
  public Duration batchInterval() {
    return values.get(DeclaredOptions.BATCH_INTERVAL);
  }

  /** Returns the version of the protocol. */
  public ProtocolVersion protocolVersion() {
    return values.get(DeclaredOptions.PROTOCOL_VERSION);
  }

  /** Returns what turns messages into packets and back. */
  public CodecEngine codecEngine() {
    return values.get(DeclaredOptions.CODEC_ENGINE);
  }

  /** Returns the mapper that was given, or null. */
  public @Nullable JsonMapper jsonMapper() {
    return values.find(DeclaredOptions.JSON_MAPPER);
  }

  /** Returns what turns data into Java values and back: as {@code jsonMapper} says. */
  public DataMapper dataMapper() {
    return dataMapper;
  }

  /** Returns what keeps the token, or null for one that each socket makes for itself. */
  public @Nullable AuthEngine authEngine() {
    return values.find(DeclaredOptions.AUTH_ENGINE);
  }

  /** Returns what the token is kept under: what was set, else a name made of host and port. */
  public String authTokenName() {
    String name = values.find(DeclaredOptions.AUTH_TOKEN_NAME);
    return name != null ? name : "socketcluster.authToken." + hostname() + ":" + port();
  }

  /** Returns what the names of channels begin with on the server, but not here; empty: nothing. */
  public String channelPrefix() {
    return values.get(DeclaredOptions.CHANNEL_PREFIX);
  }

  /** Returns whom a secure connection trusts, or null for what the JVM does. */
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

  /** Returns how many bytes may wait to be sent. */
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
