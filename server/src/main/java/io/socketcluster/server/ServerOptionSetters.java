// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.options.Option;
import io.socketcluster.core.options.OptionData;
import io.socketcluster.core.options.OptionValues;
import io.socketcluster.protocol.CodecEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The setters of {@link AGServerOptions.Builder}, which has no others: they fill a file of their
 * own. Javadoc shows them there.
 */
abstract sealed class ServerOptionSetters permits AGServerOptions.Builder {
  private static final String ENVIRONMENT_PREFIX = "SOCKETCLUSTER_";
  private static final String CLIENT_PREFIX = "SOCKETCLUSTER_CLIENT_";

  final OptionValues values;

  ServerOptionSetters(OptionValues values) {
    this.values = values;
  }

  private AGServerOptions.Builder self() {
    return (AGServerOptions.Builder) this;
  }

  private <T> AGServerOptions.Builder set(Option<T> option, @Nullable T value) {
    values.set(option, value);
    return self();
  }

  private <T> AGServerOptions.Builder setOrReset(Option<T> option, @Nullable T value) {
    values.setOrReset(option, value);
    return self();
  }

  private <T> AGServerOptions.Builder change(Option<T> option, Function<T, @Nullable T> change) {
    values.change(option, change);
    return self();
  }

  /**
   * Sets the secret that signs and verifies tokens, of which UTF-8 makes bytes: at least 32 for
   * HS256, 48 for HS384, 64 for HS512.
   */
  public AGServerOptions.Builder authKey(String authKey) {
    return set(DeclaredOptions.AUTH_KEY, authKey);
  }

  /** Sets how long a token is valid unless it says so itself: a second to 36500 days. */
  public AGServerOptions.Builder authDefaultExpiry(Duration authDefaultExpiry) {
    return set(DeclaredOptions.AUTH_DEFAULT_EXPIRY, authDefaultExpiry);
  }

  /**
   * Sets the key that signs tokens, in PEM form: PKCS#8, PKCS#1 or SEC 1, not encrypted; RSA of
   * 2048 bits or more, EC of the curve P-256, P-384 or P-521, or Ed25519. Needs {@code
   * authPublicKey}.
   */
  public AGServerOptions.Builder authPrivateKey(String pem) {
    return set(DeclaredOptions.AUTH_PRIVATE_KEY, pem == null ? null : PemText.of(pem));
  }

  /** Sets the file with the key that signs tokens; {@code build} reads it. */
  public AGServerOptions.Builder authPrivateKey(Path file) {
    return set(DeclaredOptions.AUTH_PRIVATE_KEY, file == null ? null : PemText.in(file));
  }

  /**
   * Sets the key that verifies tokens, in PEM form: X.509, PKCS#1 or a certificate. It must be the
   * public key of {@code authPrivateKey}.
   */
  public AGServerOptions.Builder authPublicKey(String pem) {
    return set(DeclaredOptions.AUTH_PUBLIC_KEY, pem == null ? null : PemText.of(pem));
  }

  /** Sets the file with the key that verifies tokens; {@code build} reads it. */
  public AGServerOptions.Builder authPublicKey(Path file) {
    return set(DeclaredOptions.AUTH_PUBLIC_KEY, file == null ? null : PemText.in(file));
  }

  /**
   * Sets the algorithm that signs tokens, which must fit the key: HS256, HS384, HS512 for {@code
   * authKey}; RS256 to RS512 and PS256 to PS512 for RSA; ES256, ES384 or ES512 for EC, by its
   * curve; EdDSA for Ed25519. The first of those is the default.
   */
  public AGServerOptions.Builder authAlgorithm(String authAlgorithm) {
    return set(DeclaredOptions.AUTH_ALGORITHM, authAlgorithm);
  }

  /**
   * Sets the algorithms of the tokens that are accepted; all must fit the key, and the one that
   * signs is among them. By default it is the only one.
   */
  public AGServerOptions.Builder authVerifyAlgorithms(String... authVerifyAlgorithms) {
    return set(DeclaredOptions.AUTH_VERIFY_ALGORITHMS, listOf(authVerifyAlgorithms));
  }

  /**
   * Sets what signs and verifies tokens: a {@link JwtAuthEngine} whose keys can be exchanged, or
   * one of your own. It has its own keys; no other option about keys may be set.
   */
  public AGServerOptions.Builder authEngine(AGAuthEngine authEngine) {
    return set(DeclaredOptions.AUTH_ENGINE, authEngine);
  }

  /** Sets what becomes of the subscriptions that an expired token was needed for. */
  public AGServerOptions.Builder expiredTokenSubscriptions(
      ExpiredTokenSubscriptions expiredTokenSubscriptions) {
    return set(DeclaredOptions.EXPIRED_TOKEN_SUBSCRIPTIONS, expiredTokenSubscriptions);
  }

  /** Sets the address to listen on. */
  public AGServerOptions.Builder host(String host) {
    return set(DeclaredOptions.HOST, host);
  }

  /** Sets the path of the first endpoint; it begins with a slash. */
  public AGServerOptions.Builder path(String path) {
    return set(DeclaredOptions.PATH, path);
  }

  /**
   * Sets the protocol version of the first endpoint. By default it serves clients of both versions
   * with the JSON codec, and those of version 2 with any other.
   */
  public AGServerOptions.Builder protocolVersion(ProtocolVersion protocolVersion) {
    return set(DeclaredOptions.PROTOCOL_VERSION, protocolVersion);
  }

  /** Sets the codec of the first endpoint; its clients must use the same one. */
  public AGServerOptions.Builder codecEngine(CodecEngine codecEngine) {
    return set(DeclaredOptions.CODEC_ENGINE, codecEngine);
  }

  /**
   * Sets the Jackson mapper that data is bound to types with, and written with, in all endpoints
   * and whatever their codec: its modules, naming strategy, mix-ins and features. {@link
   * io.socketcluster.protocol.DataMapper} says what it does not change. Null: Jackson's own
   * settings.
   */
  public AGServerOptions.Builder jsonMapper(@Nullable JsonMapper jsonMapper) {
    return setOrReset(DeclaredOptions.JSON_MAPPER, jsonMapper);
  }

  /** Adds an endpoint; each has a path that no other has. */
  public AGServerOptions.Builder endpoint(AGEndpoint endpoint) {
    return change(
        DeclaredOptions.ENDPOINTS,
        all -> endpoint == null ? null : Stream.concat(all.stream(), Stream.of(endpoint)).toList());
  }

  /** Sets the origins that may connect: {@code host:port}, {@code host:*}, {@code *:port}. */
  public AGServerOptions.Builder origins(String... origins) {
    return set(DeclaredOptions.ORIGINS, listOf(origins));
  }

  /**
   * Sets the proxies that are believed when they say, with {@code X-Forwarded-For} or {@code
   * Forwarded}, whom a connection is from: addresses, or blocks of them such as {@code 10.0.0.0/8}.
   * By default nobody is. What clients can connect from directly must not be among them.
   */
  public AGServerOptions.Builder trustedProxies(String... trustedProxies) {
    return set(DeclaredOptions.TRUSTED_PROXIES, listOf(trustedProxies));
  }

  /** Sets how long a connection may take until its handshake is complete: 1 ms to 24 days. */
  public AGServerOptions.Builder handshakeTimeout(Duration handshakeTimeout) {
    return set(DeclaredOptions.HANDSHAKE_TIMEOUT, handshakeTimeout);
  }

  /** Sets how long an answer to an invoke is waited for: 1 ms to 24 days. */
  public AGServerOptions.Builder ackTimeout(Duration ackTimeout) {
    return set(DeclaredOptions.ACK_TIMEOUT, ackTimeout);
  }

  /** Sets how often a socket is pinged: every 1 ms to 24 days. */
  public AGServerOptions.Builder pingInterval(Duration pingInterval) {
    return set(DeclaredOptions.PING_INTERVAL, pingInterval);
  }

  /** Sets how long a socket may be silent: longer than the ping interval, 24 days at most. */
  public AGServerOptions.Builder pingTimeout(Duration pingTimeout) {
    return set(DeclaredOptions.PING_TIMEOUT, pingTimeout);
  }

  /**
   * Sets whether sockets are neither pinged nor closed for their silence. Clients have to be told
   * the same: they miss the pings.
   */
  public AGServerOptions.Builder pingTimeoutDisabled(boolean pingTimeoutDisabled) {
    return set(DeclaredOptions.PING_TIMEOUT_DISABLED, pingTimeoutDisabled);
  }

  /**
   * Sets whether whatever comes before the handshake closes a connection with 4009. Without it
   * clients may transmit, invoke and publish before their handshake; subscriptions still need it.
   */
  public AGServerOptions.Builder strictHandshake(boolean strictHandshake) {
    return set(DeclaredOptions.STRICT_HANDSHAKE, strictHandshake);
  }

  /**
   * Sets whether what a socket is sent after its handshake is sent in batches: fewer messages when
   * a client that comes back subscribes to all it had.
   */
  public AGServerOptions.Builder batchOnHandshake(boolean batchOnHandshake) {
    return set(DeclaredOptions.BATCH_ON_HANDSHAKE, batchOnHandshake);
  }

  /** Sets for how long after the handshake: 1 ms to 24 days. */
  public AGServerOptions.Builder batchOnHandshakeDuration(Duration batchOnHandshakeDuration) {
    return set(DeclaredOptions.BATCH_ON_HANDSHAKE_DURATION, batchOnHandshakeDuration);
  }

  /**
   * Sets how long a batch may wait until it is sent, after the handshake and after {@link
   * AGServerSocket#startBatching}: 1 ms to 24 days.
   */
  public AGServerOptions.Builder batchInterval(Duration batchInterval) {
    return set(DeclaredOptions.BATCH_INTERVAL, batchInterval);
  }

  /** Sets how many channels a socket can subscribe to; one or more. */
  public AGServerOptions.Builder socketChannelLimit(int socketChannelLimit) {
    return set(DeclaredOptions.SOCKET_CHANNEL_LIMIT, socketChannelLimit);
  }

  /** Sets whether clients can publish. */
  public AGServerOptions.Builder allowClientPublish(boolean allowClientPublish) {
    return set(DeclaredOptions.ALLOW_CLIENT_PUBLISH, allowClientPublish);
  }

  /** Sets whether what a middleware blocks shows as an {@code error} of the socket. */
  public AGServerOptions.Builder middlewareEmitFailures(boolean middlewareEmitFailures) {
    return set(DeclaredOptions.MIDDLEWARE_EMIT_FAILURES, middlewareEmitFailures);
  }

  /**
   * Sets how long a middleware may take to decide about an action before it is blocked with a
   * {@code TimeoutError}: 1 ms to 24 days, or zero for no limit.
   */
  public AGServerOptions.Builder middlewareTimeout(Duration middlewareTimeout) {
    return set(DeclaredOptions.MIDDLEWARE_TIMEOUT, middlewareTimeout);
  }

  /** Sets what happens to the streams of a socket that has closed. */
  public AGServerOptions.Builder socketStreamCleanupMode(
      SocketStreamCleanupMode socketStreamCleanupMode) {
    return set(DeclaredOptions.SOCKET_STREAM_CLEANUP_MODE, socketStreamCleanupMode);
  }

  /** Sets what makes the requests of procedures: the place to observe how they are answered. */
  public AGServerOptions.Builder requestCreator(RequestCreator requestCreator) {
    return set(DeclaredOptions.REQUEST_CREATOR, requestCreator);
  }

  /** Sets the largest message in bytes that a client may send; a larger one closes with 1009. */
  public AGServerOptions.Builder maxPayload(int maxPayload) {
    return set(DeclaredOptions.MAX_PAYLOAD, maxPayload);
  }

  /**
   * Sets how many bytes the line of a request, and its header fields together, may each have: 1024
   * or more. A longer line is answered with 414, longer fields with 431.
   */
  public AGServerOptions.Builder maxHeaderSize(int maxHeaderSize) {
    return set(DeclaredOptions.MAX_HEADER_SIZE, maxHeaderSize);
  }

  /**
   * Sets how many bytes the body of a request to the HTTP handler may have; a longer one is
   * answered with 413. 0 allows none.
   */
  public AGServerOptions.Builder maxRequestBody(int maxRequestBody) {
    return set(DeclaredOptions.MAX_REQUEST_BODY, maxRequestBody);
  }

  /** Sets how long a connection waits for another plain HTTP request: 1 ms to 24 days. */
  public AGServerOptions.Builder keepAliveTimeout(Duration keepAliveTimeout) {
    return set(DeclaredOptions.KEEP_ALIVE_TIMEOUT, keepAliveTimeout);
  }

  /**
   * Sets whether messages are compressed for clients that ask for it, as {@link
   * PerMessageDeflate#DEFAULT} says.
   */
  public AGServerOptions.Builder perMessageDeflate(boolean perMessageDeflate) {
    return set(
        DeclaredOptions.PER_MESSAGE_DEFLATE,
        perMessageDeflate ? Optional.of(PerMessageDeflate.DEFAULT) : Optional.empty());
  }

  /** Sets how messages are compressed for clients that ask for it; by default they are not. */
  public AGServerOptions.Builder perMessageDeflate(PerMessageDeflate perMessageDeflate) {
    return set(
        DeclaredOptions.PER_MESSAGE_DEFLATE,
        perMessageDeflate == null ? null : Optional.of(perMessageDeflate));
  }

  /** Sets how many bytes of a socket's messages may wait; past that its reading pauses. */
  public AGServerOptions.Builder inboundBufferLimit(int inboundBufferLimit) {
    return set(DeclaredOptions.INBOUND_BUFFER_LIMIT, inboundBufferLimit);
  }

  /** Sets how many bytes may wait for a socket to read them. */
  public AGServerOptions.Builder outboundBufferLimit(int outboundBufferLimit) {
    return set(DeclaredOptions.OUTBOUND_BUFFER_LIMIT, outboundBufferLimit);
  }

  /**
   * Sets how many bytes of memory may be kept for one socket in all: unfinished messages, what
   * waits for middleware, handlers and consumers, subscriptions, calls without an answer, and what
   * the client has not read. At least twice {@code maxPayload}; by default what the other limits of
   * a socket allow together. A subscription or a call beyond it is refused with a {@code
   * ResourceLimitError}; a socket that exceeds it otherwise is closed with 1008.
   */
  public AGServerOptions.Builder socketMemoryLimit(int socketMemoryLimit) {
    return set(DeclaredOptions.SOCKET_MEMORY_LIMIT, socketMemoryLimit);
  }

  /**
   * Sets how many bytes of memory may be kept for all clients of the server together, at least
   * 1,048,576; by default a third of the heap, and at most half of the memory that Netty may use
   * outside of it. Beyond it the sockets that hold the most are closed with 1013, and new
   * connections are answered with 503, until an eighth is free.
   */
  public AGServerOptions.Builder memoryLimit(long memoryLimit) {
    return set(DeclaredOptions.MEMORY_LIMIT, memoryLimit);
  }

  /** Sets what happens when more bytes wait than that. */
  public AGServerOptions.Builder slowConsumerPolicy(SlowConsumerPolicy slowConsumerPolicy) {
    return set(DeclaredOptions.SLOW_CONSUMER_POLICY, slowConsumerPolicy);
  }

  /**
   * Sets how many connections may shake hands at the same time, 1 or more; the others wait for
   * their turn. A connection that waits for its client gives its place to one that waits for a
   * place.
   */
  public AGServerOptions.Builder handshakeConcurrency(int handshakeConcurrency) {
    return set(DeclaredOptions.HANDSHAKE_CONCURRENCY, handshakeConcurrency);
  }

  /**
   * Sets how many connections may wait until they may shake hands, 0 or more; those beyond are
   * answered with 503, and those that have waited for {@code handshakeTimeout} too.
   */
  public AGServerOptions.Builder handshakeQueueLimit(int handshakeQueueLimit) {
    return set(DeclaredOptions.HANDSHAKE_QUEUE_LIMIT, handshakeQueueLimit);
  }

  /**
   * Sets how often connections of one address may begin a handshake; beyond that they are answered
   * with 429. Of IPv6 a /64 is one address. Set {@code trustedProxies} behind a proxy.
   */
  public AGServerOptions.Builder addressHandshakeRate(RateLimit addressHandshakeRate) {
    return set(DeclaredOptions.ADDRESS_HANDSHAKE_RATE, addressHandshakeRate);
  }

  /**
   * Sets how many messages a socket may send; beyond that they are read more slowly. The default,
   * 100,000 in a second, is for those who would take the time of all others.
   */
  public AGServerOptions.Builder socketMessageRate(RateLimit socketMessageRate) {
    return set(DeclaredOptions.SOCKET_MESSAGE_RATE, socketMessageRate);
  }

  /** Sets how many messages the sockets of one address may send together, in the same way. */
  public AGServerOptions.Builder addressMessageRate(RateLimit addressMessageRate) {
    return set(DeclaredOptions.ADDRESS_MESSAGE_RATE, addressMessageRate);
  }

  /** Sets how often a socket may subscribe; beyond that what it sends is read more slowly. */
  public AGServerOptions.Builder socketSubscribeRate(RateLimit socketSubscribeRate) {
    return set(DeclaredOptions.SOCKET_SUBSCRIBE_RATE, socketSubscribeRate);
  }

  /** Sets how often the sockets of one address may subscribe together, in the same way. */
  public AGServerOptions.Builder addressSubscribeRate(RateLimit addressSubscribeRate) {
    return set(DeclaredOptions.ADDRESS_SUBSCRIBE_RATE, addressSubscribeRate);
  }

  /** Sets who learns what the server does to stay within its limits: the place for metrics. */
  public AGServerOptions.Builder loadObserver(LoadObserver loadObserver) {
    return set(DeclaredOptions.LOAD_OBSERVER, loadObserver);
  }

  /**
   * Sets how long a server that is told to close is not ready but serves on as before, so that a
   * load balancer can notice: 0, the default, to 24 days.
   */
  public AGServerOptions.Builder closeDelay(Duration closeDelay) {
    return set(DeclaredOptions.CLOSE_DELAY, closeDelay);
  }

  /**
   * Sets how long the sockets of a closing server have to leave before they are cut off: 0, which
   * cuts all of them at once, to 24 days.
   */
  public AGServerOptions.Builder closeTimeout(Duration closeTimeout) {
    return set(DeclaredOptions.CLOSE_TIMEOUT, closeTimeout);
  }

  /**
   * Sets how many sockets a closing server sends away in a second, one or more; it is faster if it
   * needed more than half of the close timeout otherwise.
   */
  public AGServerOptions.Builder closeRate(int closeRate) {
    return set(DeclaredOptions.CLOSE_RATE, closeRate);
  }

  /**
   * Sets whether other servers of the same user may listen on the same port at the same time. A
   * server that closes leaves the port to them before it sends its sockets away.
   */
  public AGServerOptions.Builder reusePort(boolean reusePort) {
    return set(DeclaredOptions.REUSE_PORT, reusePort);
  }

  /**
   * Sets the certificate with which a listening server speaks TLS; whether it can be used shows
   * when the server is made.
   */
  public AGServerOptions.Builder tls(TlsOptions tls) {
    return set(DeclaredOptions.TLS, tls);
  }

  /** Sets how a listening server talks to the operating system; the best there is by default. */
  public AGServerOptions.Builder transport(Transport transport) {
    return set(DeclaredOptions.TRANSPORT, transport);
  }

  /** Sets how many event loops a listening server uses; one for each core by default. */
  public AGServerOptions.Builder eventLoops(int eventLoops) {
    return set(DeclaredOptions.EVENT_LOOPS, eventLoops);
  }

  /** Sets the broker. */
  public AGServerOptions.Builder brokerEngine(AGBrokerEngine brokerEngine) {
    return set(DeclaredOptions.BROKER_ENGINE, brokerEngine);
  }

  /** Sets what answers plain HTTP requests of a listening server. */
  public AGServerOptions.Builder httpHandler(HttpHandler httpHandler) {
    return set(DeclaredOptions.HTTP_HANDLER, httpHandler);
  }

  /**
   * Sets each option that the map has, by its name as in {@code docs/options.md}: text, numbers,
   * booleans, lists and maps, as JSON has them. A number is milliseconds where the option is a time
   * ({@code authDefaultExpiry}: seconds); a text such as {@code 20s} or {@code PT20S} is a time,
   * too. {@code build} refuses names that no option has, and values that have another form. Options
   * that are objects of code, such as {@code brokerEngine}, have no form as data.
   */
  public AGServerOptions.Builder fromMap(Map<String, ?> options) {
    new OptionData(DeclaredOptions.ALL, values).readMap(options);
    return self();
  }

  /** Sets each option that a JSON object has, in the forms of {@link #fromMap}. */
  public AGServerOptions.Builder fromJson(String json) {
    new OptionData(DeclaredOptions.ALL, values).readJson(json);
    return self();
  }

  /**
   * Sets options from environment variables, usually {@code System.getenv()}: first those of the
   * JSON object in {@code SOCKETCLUSTER_OPTIONS}, then each that has a variable of its own, such as
   * {@code SOCKETCLUSTER_PING_TIMEOUT} for {@code pingTimeout}. {@code build} refuses a variable
   * that looks like a misspelt option; other variables with that prefix are left to the
   * application, and those that begin with {@code SOCKETCLUSTER_CLIENT_} to the client.
   */
  public AGServerOptions.Builder fromEnvironment(Map<String, String> variables) {
    new OptionData(DeclaredOptions.ALL, values)
        .readEnvironment(variables, ENVIRONMENT_PREFIX, CLIENT_PREFIX);
    return self();
  }

  /** A null among them is refused when the options are built. */
  private static @Nullable List<String> listOf(@Nullable String @Nullable [] texts) {
    return texts == null
        ? null
        : Collections.unmodifiableList(new ArrayList<>(Arrays.asList(texts)));
  }
}
