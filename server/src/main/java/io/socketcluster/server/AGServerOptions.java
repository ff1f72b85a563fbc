// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.options.Option;
import io.socketcluster.core.options.OptionValues;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.internal.options.AuthOptions;
import io.socketcluster.server.internal.options.DeclaredOptions;
import io.socketcluster.server.internal.options.OptionRules;
import io.socketcluster.server.internal.options.PemText;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The options of a server. Immutable; {@link #builder} starts with the defaults that SocketCluster
 * documents for {@code AGServer}, and with safe defaults for all other options.
 */
public final class AGServerOptions {
  private final OptionValues values;
  private final DataMapper dataMapper;
  private final @Nullable AuthKey givenKey;

  AGServerOptions(OptionValues values, @Nullable AuthKey givenKey) {
    this.values = values;
    JsonMapper mapper = values.find(DeclaredOptions.JSON_MAPPER);
    this.dataMapper = mapper == null ? DataMapper.STANDARD : DataMapper.of(mapper);
    this.givenKey = givenKey;
  }

  /** The default options. Without an {@code authKey} each server creates a random secret. */
  public static final AGServerOptions DEFAULT = builder().build();

  /** Returns the names of all options as {@code docs/options.md} has them. */
  public static List<String> names() {
    return DeclaredOptions.ALL.options().stream().<String>map(Option::name).toList();
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder(new OptionValues(DeclaredOptions.ALL));
  }

  /** Returns a builder with the values of these options. */
  public Builder toBuilder() {
    return new Builder(values.copy());
  }

  /**
   * Returns the secret that signs and verifies tokens, or null for a random secret. Never log it.
   */
  public @Nullable String authKey() {
    return values.find(DeclaredOptions.AUTH_KEY);
  }

  /** Returns the validity of a token without an expiry of its own. */
  public Duration authDefaultExpiry() {
    return values.get(DeclaredOptions.AUTH_DEFAULT_EXPIRY);
  }

  /** Returns the private key that signs tokens as PEM, or null. Never log it. */
  public @Nullable String authPrivateKey() {
    PemText key = values.find(DeclaredOptions.AUTH_PRIVATE_KEY);
    return key == null ? null : key.text();
  }

  /** Returns the public key that verifies tokens as PEM, or null. */
  public @Nullable String authPublicKey() {
    PemText key = values.find(DeclaredOptions.AUTH_PUBLIC_KEY);
    return key == null ? null : key.text();
  }

  /**
   * Returns the algorithm that signs tokens: the algorithm that was set, or the usual algorithm of
   * the key, or HS256 without a key. Returns null if {@code authEngine} is set.
   */
  public @Nullable String authAlgorithm() {
    if (values.isGiven(DeclaredOptions.AUTH_ENGINE)) {
      return null;
    }
    AuthKey key = givenKey;
    return key == null
        ? Objects.requireNonNullElse(values.find(DeclaredOptions.AUTH_ALGORITHM), "HS256")
        : key.algorithm();
  }

  /** Returns the algorithms of accepted tokens; an empty list if {@code authEngine} is set. */
  public List<String> authVerifyAlgorithms() {
    String signing = authAlgorithm();
    return signing == null
        ? List.of()
        : Objects.requireNonNullElse(
            values.find(DeclaredOptions.AUTH_VERIFY_ALGORITHMS), List.of(signing));
  }

  /** Returns the engine that signs and verifies tokens, or null if the keys are used. */
  public @Nullable AGAuthEngine authEngine() {
    return values.find(DeclaredOptions.AUTH_ENGINE);
  }

  /** Returns the key that was given, or a new one. */
  AuthKey authKeyOrRandom() {
    AuthKey key = givenKey;
    return key == null ? new AuthOptions(values).random() : key;
  }

  /** Returns the fate of subscriptions that depended on a token when it expires. */
  public ExpiredTokenSubscriptions expiredTokenSubscriptions() {
    return values.get(DeclaredOptions.EXPIRED_TOKEN_SUBSCRIPTIONS);
  }

  /** Returns how many revocations of tokens the server keeps. */
  public int tokenRevocationLimit() {
    return values.get(DeclaredOptions.TOKEN_REVOCATION_LIMIT);
  }

  /** Returns the address to listen on, or null for all addresses. */
  public @Nullable String host() {
    return values.find(DeclaredOptions.HOST);
  }

  /** Returns the path of the first endpoint. */
  public String path() {
    return values.get(DeclaredOptions.PATH);
  }

  /**
   * Returns the protocol version of the first endpoint. The default is {@link
   * ProtocolVersion#DETECT} with the JSON codec, and {@link ProtocolVersion#V2} with any other
   * codec.
   */
  public ProtocolVersion protocolVersion() {
    return OptionRules.firstEndpoint(values).protocolVersion();
  }

  /** Returns the codec of the first endpoint. */
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

  /** Returns all endpoints, beginning with the first, which has options of its own. */
  public List<AGEndpoint> endpoints() {
    return OptionRules.endpoints(values);
  }

  /**
   * Returns the origins of web pages that may connect, as {@code host:port} with {@code *} for any.
   */
  public List<String> origins() {
    return values.get(DeclaredOptions.ORIGINS);
  }

  /** Returns the proxies that are trusted to report a client's address. */
  public List<String> trustedProxies() {
    return values.get(DeclaredOptions.TRUSTED_PROXIES);
  }

  /** Returns whether trusted proxies begin each connection with a header that names the client. */
  public boolean proxyProtocol() {
    return values.get(DeclaredOptions.PROXY_PROTOCOL);
  }

  /** Returns the longest time until the handshake of a connection is complete. */
  public Duration handshakeTimeout() {
    return values.get(DeclaredOptions.HANDSHAKE_TIMEOUT);
  }

  /** Returns the longest wait for the answer to an invoke of the server. */
  public Duration ackTimeout() {
    return values.get(DeclaredOptions.ACK_TIMEOUT);
  }

  /** Returns the interval between pings to a socket. */
  public Duration pingInterval() {
    return values.get(DeclaredOptions.PING_INTERVAL);
  }

  /** Returns the longest silence of a socket before it is closed with 4001. */
  public Duration pingTimeout() {
    return values.get(DeclaredOptions.PING_TIMEOUT);
  }

  /** Returns whether sockets are neither pinged nor closed for silence. */
  public boolean pingTimeoutDisabled() {
    return values.get(DeclaredOptions.PING_TIMEOUT_DISABLED);
  }

  /** Returns whether a packet before the handshake closes the connection with 4009. */
  public boolean strictHandshake() {
    return values.get(DeclaredOptions.STRICT_HANDSHAKE);
  }

  /** Returns whether everything sent to a socket right after its handshake is batched. */
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

  /** Returns the largest number of channels per socket. */
  public int socketChannelLimit() {
    return values.get(DeclaredOptions.SOCKET_CHANNEL_LIMIT);
  }

  /** Returns whether clients may publish. */
  public boolean allowClientPublish() {
    return values.get(DeclaredOptions.ALLOW_CLIENT_PUBLISH);
  }

  /** Returns whether a blocked action is emitted as an {@code error} of the socket. */
  public boolean middlewareEmitFailures() {
    return values.get(DeclaredOptions.MIDDLEWARE_EMIT_FAILURES);
  }

  /** Returns the longest time for the decision of a middleware; zero means no limit. */
  public Duration middlewareTimeout() {
    return values.get(DeclaredOptions.MIDDLEWARE_TIMEOUT);
  }

  /** Returns how the streams of a closed socket end. */
  public SocketStreamCleanupMode socketStreamCleanupMode() {
    return values.get(DeclaredOptions.SOCKET_STREAM_CLEANUP_MODE);
  }

  /** Returns the interceptor of the requests that procedures receive, or null for none. */
  public @Nullable RequestInterceptor requestInterceptor() {
    return values.find(DeclaredOptions.REQUEST_INTERCEPTOR);
  }

  /** Returns the largest message in bytes that a client may send. */
  public int maxPayload() {
    return values.get(DeclaredOptions.MAX_PAYLOAD);
  }

  /** Returns the largest size in bytes of the request line, and of the header fields together. */
  public int maxHeaderSize() {
    return values.get(DeclaredOptions.MAX_HEADER_SIZE);
  }

  /** Returns the largest body in bytes of a request to the HTTP handler. */
  public int maxRequestBody() {
    return values.get(DeclaredOptions.MAX_REQUEST_BODY);
  }

  /** Returns how many plain requests the HTTP handler answers at the same time. */
  public int httpConcurrency() {
    return values.get(DeclaredOptions.HTTP_CONCURRENCY);
  }

  /** Returns how many plain requests may wait until the HTTP handler can answer them. */
  public int httpQueueLimit() {
    return values.get(DeclaredOptions.HTTP_QUEUE_LIMIT);
  }

  /** Returns the longest wait for the next plain HTTP request on a connection. */
  public Duration keepAliveTimeout() {
    return values.get(DeclaredOptions.KEEP_ALIVE_TIMEOUT);
  }

  /** Returns how messages are compressed for clients that offer compression, or null. */
  public @Nullable PerMessageDeflate perMessageDeflate() {
    return values.get(DeclaredOptions.PER_MESSAGE_DEFLATE).orElse(null);
  }

  /** Returns the bytes of a socket's messages that may wait before reading pauses. */
  public int inboundBufferLimit() {
    return values.get(DeclaredOptions.INBOUND_BUFFER_LIMIT);
  }

  /** Returns the bytes that may be queued until a client reads them. */
  public int outboundBufferLimit() {
    return values.get(DeclaredOptions.OUTBOUND_BUFFER_LIMIT);
  }

  /** Returns the bytes of memory retained for one socket in total. */
  public int socketMemoryLimit() {
    return OptionRules.socketMemoryLimit(values);
  }

  /** Returns the bytes of memory retained for all sockets of the server together. */
  public long memoryLimit() {
    return values.get(DeclaredOptions.MEMORY_LIMIT);
  }

  /** Returns the policy applied when {@code outboundBufferLimit} is exceeded. */
  public SlowConsumerPolicy slowConsumerPolicy() {
    return values.get(DeclaredOptions.SLOW_CONSUMER_POLICY);
  }

  /** Returns the number of handshakes in progress at the same time. */
  public int handshakeConcurrency() {
    return values.get(DeclaredOptions.HANDSHAKE_CONCURRENCY);
  }

  /** Returns the number of connections that may be queued for a handshake. */
  public int handshakeQueueLimit() {
    return values.get(DeclaredOptions.HANDSHAKE_QUEUE_LIMIT);
  }

  /** Returns the rate at which connections of one address may begin a handshake, or null. */
  public @Nullable RateLimit addressHandshakeRate() {
    return values.find(DeclaredOptions.ADDRESS_HANDSHAKE_RATE);
  }

  /** Returns the rate of packets from a socket. */
  public RateLimit socketMessageRate() {
    return values.get(DeclaredOptions.SOCKET_MESSAGE_RATE);
  }

  /** Returns the rate of packets from all sockets of one address together, or null. */
  public @Nullable RateLimit addressMessageRate() {
    return values.find(DeclaredOptions.ADDRESS_MESSAGE_RATE);
  }

  /** Returns the rate of subscriptions from a socket, or null. */
  public @Nullable RateLimit socketSubscribeRate() {
    return values.find(DeclaredOptions.SOCKET_SUBSCRIBE_RATE);
  }

  /** Returns the rate of subscriptions from all sockets of one address together, or null. */
  public @Nullable RateLimit addressSubscribeRate() {
    return values.find(DeclaredOptions.ADDRESS_SUBSCRIBE_RATE);
  }

  /** Returns the observer of the server and its sockets. */
  public ServerObserver serverObserver() {
    return values.get(DeclaredOptions.SERVER_OBSERVER);
  }

  /** Returns the time that the server goes by. */
  public TimeSource timeSource() {
    return values.get(DeclaredOptions.TIME_SOURCE);
  }

  /** Returns how long a closing server is not ready but still serves. */
  public Duration closeDelay() {
    return values.get(DeclaredOptions.CLOSE_DELAY);
  }

  /** Returns the time in which the sockets of a closing server may finish. */
  public Duration closeTimeout() {
    return values.get(DeclaredOptions.CLOSE_TIMEOUT);
  }

  /** Returns how many sockets per second a closing server disconnects. */
  public int closeRate() {
    return values.get(DeclaredOptions.CLOSE_RATE);
  }

  /** Returns whether other servers may listen on the same port. */
  public boolean reusePort() {
    return values.get(DeclaredOptions.REUSE_PORT);
  }

  /** Returns the certificate of a listening server, or null. */
  public @Nullable TlsOptions tls() {
    return values.find(DeclaredOptions.TLS);
  }

  /** Returns the I/O mechanism of a listening server. */
  public Transport transport() {
    return values.get(DeclaredOptions.TRANSPORT);
  }

  /** Returns the number of event loops of a listening server. */
  public int eventLoops() {
    return values.get(DeclaredOptions.EVENT_LOOPS);
  }

  /** Returns the broker engine, or null for the in-process broker. */
  public @Nullable AGBrokerEngine brokerEngine() {
    return values.find(DeclaredOptions.BROKER_ENGINE);
  }

  /** Returns the handler that answers plain HTTP requests of a listening server. */
  public HttpHandler httpHandler() {
    return values.get(DeclaredOptions.HTTP_HANDLER);
  }

  /** Sets the options one by one; {@link #build} checks them. Not thread-safe. */
  public static final class Builder extends ServerOptionSetters {
    Builder(OptionValues values) {
      super(values);
    }

    /**
     * Returns the options. The builder can be used again.
     *
     * @throws InvalidOptionsError when options are refused; the message has a line for each, with
     *     its name, its value and what is allowed
     */
    public AGServerOptions build() {
      OptionValues built = values.copy();
      built.check();
      return new AGServerOptions(built, OptionRules.check(built));
    }
  }
}
