// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.options.OptionValues;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server can be told when it is made. Immutable; {@link #builder} gives the defaults that
 * SocketCluster documents for {@code AGServer}, safe ones where it has none.
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

  /** The defaults; without an {@code authKey} each server makes a random one. */
  public static final AGServerOptions DEFAULT = builder().build();

  /** Returns a builder that holds the defaults. */
  public static Builder builder() {
    return new Builder(new OptionValues(DeclaredOptions.ALL));
  }

  /** Returns a builder that holds these options. */
  public Builder toBuilder() {
    return new Builder(values.copy());
  }

  /** Returns the key that signs and verifies tokens, or null for a random one: a secret. */
  public @Nullable String authKey() {
    return values.find(DeclaredOptions.AUTH_KEY);
  }

  /** Returns how long a token is valid unless it says so itself. */
  public Duration authDefaultExpiry() {
    return values.get(DeclaredOptions.AUTH_DEFAULT_EXPIRY);
  }

  /** Returns the private key that signs tokens, in PEM form, or null: a secret. */
  public @Nullable String authPrivateKey() {
    PemText key = values.find(DeclaredOptions.AUTH_PRIVATE_KEY);
    return key == null ? null : key.text();
  }

  /** Returns the public key that verifies tokens, in PEM form, or null. */
  public @Nullable String authPublicKey() {
    PemText key = values.find(DeclaredOptions.AUTH_PUBLIC_KEY);
    return key == null ? null : key.text();
  }

  /**
   * Returns the algorithm that signs tokens, or null when {@code authEngine} has it: what was set,
   * else what is usual for the key; HS256 without one.
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

  /** Returns the algorithms of the tokens that are accepted; empty when {@code authEngine} is. */
  public List<String> authVerifyAlgorithms() {
    String signing = authAlgorithm();
    return signing == null
        ? List.of()
        : Objects.requireNonNullElse(
            values.find(DeclaredOptions.AUTH_VERIFY_ALGORITHMS), List.of(signing));
  }

  /** Returns what signs and verifies tokens, or null when that is made of the keys. */
  public @Nullable AGAuthEngine authEngine() {
    return values.find(DeclaredOptions.AUTH_ENGINE);
  }

  /** Returns the key that was given, or a new one. */
  AuthKey authKeyOrRandom() {
    AuthKey key = givenKey;
    return key == null ? new AuthOptions(values).random() : key;
  }

  /** Returns what becomes of the subscriptions that an expired token was needed for. */
  public ExpiredTokenSubscriptions expiredTokenSubscriptions() {
    return values.get(DeclaredOptions.EXPIRED_TOKEN_SUBSCRIPTIONS);
  }

  /** Returns the address to listen on, or null for all. */
  public @Nullable String host() {
    return values.find(DeclaredOptions.HOST);
  }

  /** Returns the path of the first endpoint. */
  public String path() {
    return values.get(DeclaredOptions.PATH);
  }

  /**
   * Returns the protocol version of the first endpoint. When none was given that is {@link
   * ProtocolVersion#DETECT} with the JSON codec and {@link ProtocolVersion#V2} with any other.
   */
  public ProtocolVersion protocolVersion() {
    return OptionRules.firstEndpoint(values).protocolVersion();
  }

  /** Returns the codec of the first endpoint. */
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

  /** Returns all endpoints; the first is described by the options of its own. */
  public List<AGEndpoint> endpoints() {
    return OptionRules.endpoints(values);
  }

  /** Returns the origins that may connect, as {@code host:port} with {@code *} for any. */
  public List<String> origins() {
    return values.get(DeclaredOptions.ORIGINS);
  }

  /** Returns the proxies that are believed about the address of a client. */
  public List<String> trustedProxies() {
    return values.get(DeclaredOptions.TRUSTED_PROXIES);
  }

  /** Returns how long a connection may take until its handshake is complete. */
  public Duration handshakeTimeout() {
    return values.get(DeclaredOptions.HANDSHAKE_TIMEOUT);
  }

  /** Returns how long an answer to an invoke is waited for. */
  public Duration ackTimeout() {
    return values.get(DeclaredOptions.ACK_TIMEOUT);
  }

  /** Returns how often a socket is pinged. */
  public Duration pingInterval() {
    return values.get(DeclaredOptions.PING_INTERVAL);
  }

  /** Returns how long a socket may be silent before it is closed with 4001. */
  public Duration pingTimeout() {
    return values.get(DeclaredOptions.PING_TIMEOUT);
  }

  /** Returns whether sockets are neither pinged nor closed for their silence. */
  public boolean pingTimeoutDisabled() {
    return values.get(DeclaredOptions.PING_TIMEOUT_DISABLED);
  }

  /** Returns whether whatever comes before the handshake closes a connection with 4009. */
  public boolean strictHandshake() {
    return values.get(DeclaredOptions.STRICT_HANDSHAKE);
  }

  /** Returns whether what a socket is sent after its handshake is sent in batches. */
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

  /** Returns how many channels a socket can subscribe to. */
  public int socketChannelLimit() {
    return values.get(DeclaredOptions.SOCKET_CHANNEL_LIMIT);
  }

  /** Returns whether clients can publish. */
  public boolean allowClientPublish() {
    return values.get(DeclaredOptions.ALLOW_CLIENT_PUBLISH);
  }

  /** Returns whether what a middleware blocks shows as an {@code error} of the socket. */
  public boolean middlewareEmitFailures() {
    return values.get(DeclaredOptions.MIDDLEWARE_EMIT_FAILURES);
  }

  /** Returns how long a middleware may take to decide; zero for as long as it likes. */
  public Duration middlewareTimeout() {
    return values.get(DeclaredOptions.MIDDLEWARE_TIMEOUT);
  }

  /** Returns what happens to the streams of a socket that has closed. */
  public SocketStreamCleanupMode socketStreamCleanupMode() {
    return values.get(DeclaredOptions.SOCKET_STREAM_CLEANUP_MODE);
  }

  /** Returns what makes the requests of procedures, or null for the usual. */
  public @Nullable RequestCreator requestCreator() {
    return values.find(DeclaredOptions.REQUEST_CREATOR);
  }

  /** Returns the largest message in bytes that a client may send. */
  public int maxPayload() {
    return values.get(DeclaredOptions.MAX_PAYLOAD);
  }

  /** Returns how many bytes the line of a request, and its header fields, may each have. */
  public int maxHeaderSize() {
    return values.get(DeclaredOptions.MAX_HEADER_SIZE);
  }

  /** Returns how many bytes the body of a request to the HTTP handler may have. */
  public int maxRequestBody() {
    return values.get(DeclaredOptions.MAX_REQUEST_BODY);
  }

  /** Returns how long a connection waits for another plain HTTP request. */
  public Duration keepAliveTimeout() {
    return values.get(DeclaredOptions.KEEP_ALIVE_TIMEOUT);
  }

  /** Returns how messages are compressed for clients that ask for it, or null if they are not. */
  public @Nullable PerMessageDeflate perMessageDeflate() {
    return values.get(DeclaredOptions.PER_MESSAGE_DEFLATE).orElse(null);
  }

  /** Returns how many bytes of a socket's messages may wait for a middleware or the broker. */
  public int inboundBufferLimit() {
    return values.get(DeclaredOptions.INBOUND_BUFFER_LIMIT);
  }

  /** Returns how many bytes may wait for a socket to read them. */
  public int outboundBufferLimit() {
    return values.get(DeclaredOptions.OUTBOUND_BUFFER_LIMIT);
  }

  /** Returns how many bytes of memory may be kept for one socket. */
  public int socketMemoryLimit() {
    return OptionRules.socketMemoryLimit(values);
  }

  /** Returns how many bytes of memory may be kept for all sockets of the server together. */
  public long memoryLimit() {
    return values.get(DeclaredOptions.MEMORY_LIMIT);
  }

  /** Returns what happens when more bytes wait than that. */
  public SlowConsumerPolicy slowConsumerPolicy() {
    return values.get(DeclaredOptions.SLOW_CONSUMER_POLICY);
  }

  /** Returns how many connections may shake hands at the same time. */
  public int handshakeConcurrency() {
    return values.get(DeclaredOptions.HANDSHAKE_CONCURRENCY);
  }

  /** Returns how many connections may wait until they may shake hands. */
  public int handshakeQueueLimit() {
    return values.get(DeclaredOptions.HANDSHAKE_QUEUE_LIMIT);
  }

  /** Returns how often an address may shake hands, or null for any number of times. */
  public @Nullable RateLimit addressHandshakeRate() {
    return values.find(DeclaredOptions.ADDRESS_HANDSHAKE_RATE);
  }

  /** Returns how many messages a socket may send. */
  public RateLimit socketMessageRate() {
    return values.get(DeclaredOptions.SOCKET_MESSAGE_RATE);
  }

  /** Returns how many messages the sockets of an address may send, or null for any number. */
  public @Nullable RateLimit addressMessageRate() {
    return values.find(DeclaredOptions.ADDRESS_MESSAGE_RATE);
  }

  /** Returns how often a socket may subscribe, or null for any number of times. */
  public @Nullable RateLimit socketSubscribeRate() {
    return values.find(DeclaredOptions.SOCKET_SUBSCRIBE_RATE);
  }

  /** Returns how often the sockets of an address may subscribe, or null for any number of times. */
  public @Nullable RateLimit addressSubscribeRate() {
    return values.find(DeclaredOptions.ADDRESS_SUBSCRIBE_RATE);
  }

  /** Returns who learns what the server does to stay within its limits. */
  public LoadObserver loadObserver() {
    return values.get(DeclaredOptions.LOAD_OBSERVER);
  }

  /** Returns how long a closing server is not ready and serves on, before it begins to drain. */
  public Duration closeDelay() {
    return values.get(DeclaredOptions.CLOSE_DELAY);
  }

  /** Returns how long the sockets of a closing server have to leave before they are cut off. */
  public Duration closeTimeout() {
    return values.get(DeclaredOptions.CLOSE_TIMEOUT);
  }

  /** Returns how many sockets a closing server sends away in a second. */
  public int closeRate() {
    return values.get(DeclaredOptions.CLOSE_RATE);
  }

  /** Returns whether other servers may listen on the same port at the same time. */
  public boolean reusePort() {
    return values.get(DeclaredOptions.REUSE_PORT);
  }

  /** Returns the certificate of a listening server, or null when it does not encrypt. */
  public @Nullable TlsOptions tls() {
    return values.find(DeclaredOptions.TLS);
  }

  /** Returns how a listening server talks to the operating system. */
  public Transport transport() {
    return values.get(DeclaredOptions.TRANSPORT);
  }

  /** Returns how many event loops a listening server uses. */
  public int eventLoops() {
    return values.get(DeclaredOptions.EVENT_LOOPS);
  }

  /** Returns the broker, or null for the embedded one. */
  public @Nullable AGBrokerEngine brokerEngine() {
    return values.find(DeclaredOptions.BROKER_ENGINE);
  }

  /** Returns what answers plain HTTP requests of a listening server. */
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
