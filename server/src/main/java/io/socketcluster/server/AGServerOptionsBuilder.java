// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.core.options.OptionData;
import io.socketcluster.core.options.OptionValues;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Sets the options of a server one by one; {@link #build} checks them. Not thread-safe. */
public final class AGServerOptionsBuilder {
  private static final String ENVIRONMENT_PREFIX = "SOCKETCLUSTER_";
  private static final String CLIENT_PREFIX = "SOCKETCLUSTER_CLIENT_";

  private final OptionValues values;

  AGServerOptionsBuilder(OptionValues values) {
    this.values = values;
  }

  /**
   * Sets the secret that signs and verifies tokens, of which UTF-8 makes bytes: at least 32 for
   * HS256, 48 for HS384, 64 for HS512.
   */
  public AGServerOptionsBuilder authKey(String authKey) {
    values.set(DeclaredOptions.AUTH_KEY, authKey);
    return this;
  }

  /** Sets how long a token is valid unless it says so itself: a second to 36500 days. */
  public AGServerOptionsBuilder authDefaultExpiry(Duration authDefaultExpiry) {
    values.set(DeclaredOptions.AUTH_DEFAULT_EXPIRY, authDefaultExpiry);
    return this;
  }

  /**
   * Sets the key that signs tokens, in PEM form: PKCS#8, PKCS#1 or SEC 1, not encrypted; RSA of
   * 2048 bits or more, EC of the curve P-256, P-384 or P-521, or Ed25519. Needs {@code
   * authPublicKey}.
   */
  public AGServerOptionsBuilder authPrivateKey(String pem) {
    values.set(DeclaredOptions.AUTH_PRIVATE_KEY, pem == null ? null : PemText.of(pem));
    return this;
  }

  /** Sets the file with the key that signs tokens; {@link #build} reads it. */
  public AGServerOptionsBuilder authPrivateKey(Path file) {
    values.set(DeclaredOptions.AUTH_PRIVATE_KEY, file == null ? null : PemText.in(file));
    return this;
  }

  /**
   * Sets the key that verifies tokens, in PEM form: X.509, PKCS#1 or a certificate. It must be the
   * public key of {@code authPrivateKey}.
   */
  public AGServerOptionsBuilder authPublicKey(String pem) {
    values.set(DeclaredOptions.AUTH_PUBLIC_KEY, pem == null ? null : PemText.of(pem));
    return this;
  }

  /** Sets the file with the key that verifies tokens; {@link #build} reads it. */
  public AGServerOptionsBuilder authPublicKey(Path file) {
    values.set(DeclaredOptions.AUTH_PUBLIC_KEY, file == null ? null : PemText.in(file));
    return this;
  }

  /**
   * Sets the algorithm that signs tokens, which must fit the key: HS256, HS384, HS512 for {@code
   * authKey}; RS256 to RS512 and PS256 to PS512 for RSA; ES256, ES384 or ES512 for EC, by its
   * curve; EdDSA for Ed25519. The first of those is the default.
   */
  public AGServerOptionsBuilder authAlgorithm(String authAlgorithm) {
    values.set(DeclaredOptions.AUTH_ALGORITHM, authAlgorithm);
    return this;
  }

  /**
   * Sets the algorithms of the tokens that are accepted; all must fit the key, and the one that
   * signs is among them. By default it is the only one.
   */
  public AGServerOptionsBuilder authVerifyAlgorithms(String... authVerifyAlgorithms) {
    values.set(DeclaredOptions.AUTH_VERIFY_ALGORITHMS, listOf(authVerifyAlgorithms));
    return this;
  }

  /**
   * Sets what signs and verifies tokens: a {@link JwtAuthEngine} whose keys can be exchanged, or
   * one of your own. It has its own keys; no other option about keys may be set.
   */
  public AGServerOptionsBuilder authEngine(AGAuthEngine authEngine) {
    values.set(DeclaredOptions.AUTH_ENGINE, authEngine);
    return this;
  }

  /** Sets what becomes of the subscriptions that an expired token was needed for. */
  public AGServerOptionsBuilder expiredTokenSubscriptions(
      ExpiredTokenSubscriptions expiredTokenSubscriptions) {
    values.set(DeclaredOptions.EXPIRED_TOKEN_SUBSCRIPTIONS, expiredTokenSubscriptions);
    return this;
  }

  /** Sets the address to listen on. */
  public AGServerOptionsBuilder host(String host) {
    values.set(DeclaredOptions.HOST, host);
    return this;
  }

  /** Sets the path of the first endpoint; it begins with a slash. */
  public AGServerOptionsBuilder path(String path) {
    values.set(DeclaredOptions.PATH, path);
    return this;
  }

  /**
   * Sets the protocol version of the first endpoint. By default it serves clients of both versions
   * with the JSON codec, and those of version 2 with any other.
   */
  public AGServerOptionsBuilder protocolVersion(ProtocolVersion protocolVersion) {
    values.set(DeclaredOptions.PROTOCOL_VERSION, protocolVersion);
    return this;
  }

  /** Sets the codec of the first endpoint; its clients must use the same one. */
  public AGServerOptionsBuilder codecEngine(CodecEngine codecEngine) {
    values.set(DeclaredOptions.CODEC_ENGINE, codecEngine);
    return this;
  }

  /**
   * Sets the Jackson mapper that data is bound to types with, and written with, in all endpoints
   * and whatever their codec: its modules, naming strategy, mix-ins and features. {@link
   * io.socketcluster.protocol.DataMapper} says what it does not change. Null: Jackson's own
   * settings.
   */
  public AGServerOptionsBuilder jsonMapper(@Nullable JsonMapper jsonMapper) {
    values.setOrReset(DeclaredOptions.JSON_MAPPER, jsonMapper);
    return this;
  }

  /** Adds an endpoint; each has a path that no other has. */
  public AGServerOptionsBuilder endpoint(AGEndpoint endpoint) {
    values.change(
        DeclaredOptions.ENDPOINTS,
        all -> endpoint == null ? null : Stream.concat(all.stream(), Stream.of(endpoint)).toList());
    return this;
  }

  /** Sets the origins that may connect: {@code host:port}, {@code host:*}, {@code *:port}. */
  public AGServerOptionsBuilder origins(String... origins) {
    values.set(DeclaredOptions.ORIGINS, listOf(origins));
    return this;
  }

  /**
   * Sets the proxies that are believed when they say, with {@code X-Forwarded-For} or {@code
   * Forwarded}, whom a connection is from: addresses, or blocks of them such as {@code 10.0.0.0/8}.
   * By default nobody is. What clients can connect from directly must not be among them.
   */
  public AGServerOptionsBuilder trustedProxies(String... trustedProxies) {
    values.set(DeclaredOptions.TRUSTED_PROXIES, listOf(trustedProxies));
    return this;
  }

  /** Sets how long a connection may take until its handshake is complete: 1 ms to 24 days. */
  public AGServerOptionsBuilder handshakeTimeout(Duration handshakeTimeout) {
    values.set(DeclaredOptions.HANDSHAKE_TIMEOUT, handshakeTimeout);
    return this;
  }

  /** Sets how long an answer to an invoke is waited for: 1 ms to 24 days. */
  public AGServerOptionsBuilder ackTimeout(Duration ackTimeout) {
    values.set(DeclaredOptions.ACK_TIMEOUT, ackTimeout);
    return this;
  }

  /** Sets how often a socket is pinged: every 1 ms to 24 days. */
  public AGServerOptionsBuilder pingInterval(Duration pingInterval) {
    values.set(DeclaredOptions.PING_INTERVAL, pingInterval);
    return this;
  }

  /** Sets how long a socket may be silent: longer than the ping interval, 24 days at most. */
  public AGServerOptionsBuilder pingTimeout(Duration pingTimeout) {
    values.set(DeclaredOptions.PING_TIMEOUT, pingTimeout);
    return this;
  }

  /**
   * Sets whether sockets are neither pinged nor closed for their silence. Clients have to be told
   * the same: they miss the pings.
   */
  public AGServerOptionsBuilder pingTimeoutDisabled(boolean pingTimeoutDisabled) {
    values.set(DeclaredOptions.PING_TIMEOUT_DISABLED, pingTimeoutDisabled);
    return this;
  }

  /**
   * Sets whether whatever comes before the handshake closes a connection with 4009. Without it
   * clients may transmit, invoke and publish before their handshake; subscriptions still need it.
   */
  public AGServerOptionsBuilder strictHandshake(boolean strictHandshake) {
    values.set(DeclaredOptions.STRICT_HANDSHAKE, strictHandshake);
    return this;
  }

  /**
   * Sets whether what a socket is sent after its handshake is sent in batches: fewer messages when
   * a client that comes back subscribes to all it had.
   */
  public AGServerOptionsBuilder batchOnHandshake(boolean batchOnHandshake) {
    values.set(DeclaredOptions.BATCH_ON_HANDSHAKE, batchOnHandshake);
    return this;
  }

  /** Sets for how long after the handshake: 1 ms to 24 days. */
  public AGServerOptionsBuilder batchOnHandshakeDuration(Duration batchOnHandshakeDuration) {
    values.set(DeclaredOptions.BATCH_ON_HANDSHAKE_DURATION, batchOnHandshakeDuration);
    return this;
  }

  /**
   * Sets how long a batch may wait until it is sent, after the handshake and after {@link
   * AGServerSocket#startBatching}: 1 ms to 24 days.
   */
  public AGServerOptionsBuilder batchInterval(Duration batchInterval) {
    values.set(DeclaredOptions.BATCH_INTERVAL, batchInterval);
    return this;
  }

  /** Sets how many channels a socket can subscribe to; one or more. */
  public AGServerOptionsBuilder socketChannelLimit(int socketChannelLimit) {
    values.set(DeclaredOptions.SOCKET_CHANNEL_LIMIT, socketChannelLimit);
    return this;
  }

  /** Sets whether clients can publish. */
  public AGServerOptionsBuilder allowClientPublish(boolean allowClientPublish) {
    values.set(DeclaredOptions.ALLOW_CLIENT_PUBLISH, allowClientPublish);
    return this;
  }

  /** Sets whether what a middleware blocks shows as an {@code error} of the socket. */
  public AGServerOptionsBuilder middlewareEmitFailures(boolean middlewareEmitFailures) {
    values.set(DeclaredOptions.MIDDLEWARE_EMIT_FAILURES, middlewareEmitFailures);
    return this;
  }

  /**
   * Sets how long a middleware may take to decide about an action before it is blocked with a
   * {@code TimeoutError}: 1 ms to 24 days, or zero for no limit.
   */
  public AGServerOptionsBuilder middlewareTimeout(Duration middlewareTimeout) {
    values.set(DeclaredOptions.MIDDLEWARE_TIMEOUT, middlewareTimeout);
    return this;
  }

  /** Sets what happens to the streams of a socket that has closed. */
  public AGServerOptionsBuilder socketStreamCleanupMode(
      SocketStreamCleanupMode socketStreamCleanupMode) {
    values.set(DeclaredOptions.SOCKET_STREAM_CLEANUP_MODE, socketStreamCleanupMode);
    return this;
  }

  /** Sets what makes the requests of procedures: the place to observe how they are answered. */
  public AGServerOptionsBuilder requestCreator(RequestCreator requestCreator) {
    values.set(DeclaredOptions.REQUEST_CREATOR, requestCreator);
    return this;
  }

  /** Sets the largest message in bytes that a client may send; a larger one closes with 1009. */
  public AGServerOptionsBuilder maxPayload(int maxPayload) {
    values.set(DeclaredOptions.MAX_PAYLOAD, maxPayload);
    return this;
  }

  /**
   * Sets how many bytes the line of a request, and its header fields together, may each have: 1024
   * or more. A longer line is answered with 414, longer fields with 431.
   */
  public AGServerOptionsBuilder maxHeaderSize(int maxHeaderSize) {
    values.set(DeclaredOptions.MAX_HEADER_SIZE, maxHeaderSize);
    return this;
  }

  /**
   * Sets how many bytes the body of a request to the HTTP handler may have; a longer one is
   * answered with 413. 0 allows none.
   */
  public AGServerOptionsBuilder maxRequestBody(int maxRequestBody) {
    values.set(DeclaredOptions.MAX_REQUEST_BODY, maxRequestBody);
    return this;
  }

  /** Sets how long a connection waits for another plain HTTP request: 1 ms to 24 days. */
  public AGServerOptionsBuilder keepAliveTimeout(Duration keepAliveTimeout) {
    values.set(DeclaredOptions.KEEP_ALIVE_TIMEOUT, keepAliveTimeout);
    return this;
  }

  /**
   * Sets whether messages are compressed for clients that ask for it, as {@link
   * PerMessageDeflate#ON} says.
   */
  public AGServerOptionsBuilder perMessageDeflate(boolean perMessageDeflate) {
    values.set(
        DeclaredOptions.PER_MESSAGE_DEFLATE,
        perMessageDeflate ? Optional.of(PerMessageDeflate.ON) : Optional.empty());
    return this;
  }

  /** Sets how messages are compressed for clients that ask for it; by default they are not. */
  public AGServerOptionsBuilder perMessageDeflate(PerMessageDeflate perMessageDeflate) {
    values.set(
        DeclaredOptions.PER_MESSAGE_DEFLATE,
        perMessageDeflate == null ? null : Optional.of(perMessageDeflate));
    return this;
  }

  /** Sets how many bytes of a socket's messages may wait; past that its reading pauses. */
  public AGServerOptionsBuilder inboundBufferLimit(int inboundBufferLimit) {
    values.set(DeclaredOptions.INBOUND_BUFFER_LIMIT, inboundBufferLimit);
    return this;
  }

  /** Sets how many bytes may wait for a socket to read them. */
  public AGServerOptionsBuilder outboundBufferLimit(int outboundBufferLimit) {
    values.set(DeclaredOptions.OUTBOUND_BUFFER_LIMIT, outboundBufferLimit);
    return this;
  }

  /**
   * Sets how many bytes of memory may be kept for one socket in all: unfinished messages, what
   * waits for middleware, handlers and consumers, subscriptions, calls without an answer, and what
   * the client has not read. At least twice {@code maxPayload}; by default what the other limits of
   * a socket allow together. A subscription or a call beyond it is refused with a {@code
   * ResourceLimitError}; a socket that exceeds it otherwise is closed with 1008.
   */
  public AGServerOptionsBuilder socketMemoryLimit(int socketMemoryLimit) {
    values.set(DeclaredOptions.SOCKET_MEMORY_LIMIT, socketMemoryLimit);
    return this;
  }

  /**
   * Sets how many bytes of memory may be kept for all clients of the server together, at least
   * 1,048,576; by default a third of the heap, and at most half of the memory that Netty may use
   * outside of it. Beyond it the sockets that hold the most are closed with 1013, and new
   * connections are answered with 503, until an eighth is free.
   */
  public AGServerOptionsBuilder memoryLimit(long memoryLimit) {
    values.set(DeclaredOptions.MEMORY_LIMIT, memoryLimit);
    return this;
  }

  /** Sets what happens when more bytes wait than that. */
  public AGServerOptionsBuilder slowConsumerPolicy(SlowConsumerPolicy slowConsumerPolicy) {
    values.set(DeclaredOptions.SLOW_CONSUMER_POLICY, slowConsumerPolicy);
    return this;
  }

  /**
   * Sets how many connections may shake hands at the same time, 1 or more; the others wait for
   * their turn. A connection that waits for its client gives its place to one that waits for a
   * place.
   */
  public AGServerOptionsBuilder handshakeConcurrency(int handshakeConcurrency) {
    values.set(DeclaredOptions.HANDSHAKE_CONCURRENCY, handshakeConcurrency);
    return this;
  }

  /**
   * Sets how many connections may wait until they may shake hands, 0 or more; those beyond are
   * answered with 503, and those that have waited for {@code handshakeTimeout} too.
   */
  public AGServerOptionsBuilder handshakeQueueLimit(int handshakeQueueLimit) {
    values.set(DeclaredOptions.HANDSHAKE_QUEUE_LIMIT, handshakeQueueLimit);
    return this;
  }

  /**
   * Sets how often connections of one address may begin a handshake; beyond that they are answered
   * with 429. Of IPv6 a /64 is one address. Set {@code trustedProxies} behind a proxy.
   */
  public AGServerOptionsBuilder addressHandshakeRate(RateLimit addressHandshakeRate) {
    values.set(DeclaredOptions.ADDRESS_HANDSHAKE_RATE, addressHandshakeRate);
    return this;
  }

  /**
   * Sets how many messages a socket may send; beyond that they are read more slowly. The default,
   * 100,000 in a second, is for those who would take the time of all others.
   */
  public AGServerOptionsBuilder socketMessageRate(RateLimit socketMessageRate) {
    values.set(DeclaredOptions.SOCKET_MESSAGE_RATE, socketMessageRate);
    return this;
  }

  /** Sets how many messages the sockets of one address may send together, in the same way. */
  public AGServerOptionsBuilder addressMessageRate(RateLimit addressMessageRate) {
    values.set(DeclaredOptions.ADDRESS_MESSAGE_RATE, addressMessageRate);
    return this;
  }

  /** Sets how often a socket may subscribe; beyond that what it sends is read more slowly. */
  public AGServerOptionsBuilder socketSubscribeRate(RateLimit socketSubscribeRate) {
    values.set(DeclaredOptions.SOCKET_SUBSCRIBE_RATE, socketSubscribeRate);
    return this;
  }

  /** Sets how often the sockets of one address may subscribe together, in the same way. */
  public AGServerOptionsBuilder addressSubscribeRate(RateLimit addressSubscribeRate) {
    values.set(DeclaredOptions.ADDRESS_SUBSCRIBE_RATE, addressSubscribeRate);
    return this;
  }

  /** Sets who learns what the server does to stay within its limits: the place for metrics. */
  public AGServerOptionsBuilder loadObserver(LoadObserver loadObserver) {
    values.set(DeclaredOptions.LOAD_OBSERVER, loadObserver);
    return this;
  }

  /**
   * Sets how long a server that is told to close is not ready but serves on as before, so that a
   * load balancer can notice: 0, the default, to 24 days.
   */
  public AGServerOptionsBuilder closeDelay(Duration closeDelay) {
    values.set(DeclaredOptions.CLOSE_DELAY, closeDelay);
    return this;
  }

  /**
   * Sets how long the sockets of a closing server have to leave before they are cut off: 0, which
   * cuts all of them at once, to 24 days.
   */
  public AGServerOptionsBuilder closeTimeout(Duration closeTimeout) {
    values.set(DeclaredOptions.CLOSE_TIMEOUT, closeTimeout);
    return this;
  }

  /**
   * Sets how many sockets a closing server sends away in a second, one or more; it is faster if it
   * needed more than half of the close timeout otherwise.
   */
  public AGServerOptionsBuilder closeRate(int closeRate) {
    values.set(DeclaredOptions.CLOSE_RATE, closeRate);
    return this;
  }

  /**
   * Sets whether other servers of the same user may listen on the same port at the same time. A
   * server that closes leaves the port to them before it sends its sockets away.
   */
  public AGServerOptionsBuilder reusePort(boolean reusePort) {
    values.set(DeclaredOptions.REUSE_PORT, reusePort);
    return this;
  }

  /**
   * Sets the certificate with which a listening server speaks TLS; whether it can be used shows
   * when the server is made.
   */
  public AGServerOptionsBuilder tls(TlsOptions tls) {
    values.set(DeclaredOptions.TLS, tls);
    return this;
  }

  /** Sets how a listening server talks to the operating system; the best there is by default. */
  public AGServerOptionsBuilder transport(Transport transport) {
    values.set(DeclaredOptions.TRANSPORT, transport);
    return this;
  }

  /** Sets how many event loops a listening server uses; one for each core by default. */
  public AGServerOptionsBuilder eventLoops(int eventLoops) {
    values.set(DeclaredOptions.EVENT_LOOPS, eventLoops);
    return this;
  }

  /** Sets the broker. */
  public AGServerOptionsBuilder brokerEngine(AGBrokerEngine brokerEngine) {
    values.set(DeclaredOptions.BROKER_ENGINE, brokerEngine);
    return this;
  }

  /** Sets what answers plain HTTP requests of a listening server. */
  public AGServerOptionsBuilder httpHandler(HttpHandler httpHandler) {
    values.set(DeclaredOptions.HTTP_HANDLER, httpHandler);
    return this;
  }

  /**
   * Sets each option that the map has, by its name as in {@code docs/options.md}: text, numbers,
   * booleans, lists and maps, as JSON has them. A number is milliseconds where the option is a time
   * ({@code authDefaultExpiry}: seconds); a text such as {@code 20s} or {@code PT20S} is a time,
   * too. {@link #build} refuses names that no option has, and values that have another form.
   * Options that are objects of code, such as {@code brokerEngine}, have no form as data.
   */
  public AGServerOptionsBuilder fromMap(Map<String, ?> options) {
    new OptionData(DeclaredOptions.ALL, values).readMap(options);
    return this;
  }

  /** Sets each option that a JSON object has, in the forms of {@link #fromMap}. */
  public AGServerOptionsBuilder fromJson(String json) {
    new OptionData(DeclaredOptions.ALL, values).readJson(json);
    return this;
  }

  /**
   * Sets options from environment variables, usually {@code System.getenv()}: first those of the
   * JSON object in {@code SOCKETCLUSTER_OPTIONS}, then each that has a variable of its own, such as
   * {@code SOCKETCLUSTER_PING_TIMEOUT} for {@code pingTimeout}. {@link #build} refuses a variable
   * that looks like a misspelt option; other variables with that prefix are left to the
   * application, and those that begin with {@code SOCKETCLUSTER_CLIENT_} to the client.
   */
  public AGServerOptionsBuilder fromEnvironment(Map<String, String> variables) {
    new OptionData(DeclaredOptions.ALL, values)
        .readEnvironment(variables, ENVIRONMENT_PREFIX, CLIENT_PREFIX);
    return this;
  }

  /**
   * Returns the options. The builder can be used again.
   *
   * @throws InvalidOptionsError when options are refused; the message has a line for each, with its
   *     name, its value and what is allowed
   */
  public AGServerOptions build() {
    OptionValues built = values.copy();
    built.check();
    return new AGServerOptions(built, OptionRules.check(built));
  }

  /** A null among them is refused when the options are built. */
  private static @Nullable List<String> listOf(@Nullable String @Nullable [] texts) {
    return texts == null
        ? null
        : Collections.unmodifiableList(new ArrayList<>(Arrays.asList(texts)));
  }
}
