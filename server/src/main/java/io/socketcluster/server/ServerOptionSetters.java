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
   * Sets the secret that signs and verifies tokens, at least 32 bytes of UTF-8 for HS256, 48 for
   * HS384 and 64 for HS512. By default each server creates a random secret.
   */
  public AGServerOptions.Builder authKey(String authKey) {
    return set(DeclaredOptions.AUTH_KEY, authKey);
  }

  /**
   * Sets the validity of a token without an expiry of its own: 1 second to 36500 days. Default: 1
   * day.
   */
  public AGServerOptions.Builder authDefaultExpiry(Duration authDefaultExpiry) {
    return set(DeclaredOptions.AUTH_DEFAULT_EXPIRY, authDefaultExpiry);
  }

  /**
   * Sets the key that signs tokens as unencrypted PEM (PKCS#8, PKCS#1 or SEC 1): RSA of 2048 bits
   * or more, EC on the curve P-256, P-384 or P-521, or Ed25519. It requires {@code authPublicKey}.
   */
  public AGServerOptions.Builder authPrivateKey(String pem) {
    return set(DeclaredOptions.AUTH_PRIVATE_KEY, pem == null ? null : PemText.of(pem));
  }

  /** Sets the file of the key that signs tokens; {@code build} reads the file. */
  public AGServerOptions.Builder authPrivateKey(Path file) {
    return set(DeclaredOptions.AUTH_PRIVATE_KEY, file == null ? null : PemText.in(file));
  }

  /**
   * Sets the key that verifies tokens as PEM (X.509, PKCS#1 or a certificate). It must match {@code
   * authPrivateKey}.
   */
  public AGServerOptions.Builder authPublicKey(String pem) {
    return set(DeclaredOptions.AUTH_PUBLIC_KEY, pem == null ? null : PemText.of(pem));
  }

  /** Sets the file of the key that verifies tokens; {@code build} reads the file. */
  public AGServerOptions.Builder authPublicKey(Path file) {
    return set(DeclaredOptions.AUTH_PUBLIC_KEY, file == null ? null : PemText.in(file));
  }

  /**
   * Sets the algorithm that signs tokens. It must match the key: HS256, HS384 or HS512 for {@code
   * authKey}; RS256 to RS512 or PS256 to PS512 for RSA; ES256, ES384 or ES512 for EC, depending on
   * the curve; EdDSA for Ed25519. The first algorithm of each list is the default.
   */
  public AGServerOptions.Builder authAlgorithm(String authAlgorithm) {
    return set(DeclaredOptions.AUTH_ALGORITHM, authAlgorithm);
  }

  /**
   * Sets the algorithms of accepted tokens. All of them must match the key, and the signing
   * algorithm must be among them. By default only the signing algorithm is accepted.
   */
  public AGServerOptions.Builder authVerifyAlgorithms(String... authVerifyAlgorithms) {
    return set(DeclaredOptions.AUTH_VERIFY_ALGORITHMS, listOf(authVerifyAlgorithms));
  }

  /**
   * Sets the engine that signs and verifies tokens: a {@link JwtAuthEngine}, whose keys can be
   * rotated, or your own engine. An engine has its own keys, so no other option for keys may be
   * set.
   */
  public AGServerOptions.Builder authEngine(AGAuthEngine authEngine) {
    return set(DeclaredOptions.AUTH_ENGINE, authEngine);
  }

  /**
   * Sets the fate of subscriptions that depended on a token when it expires. Default: {@link
   * ExpiredTokenSubscriptions#DROP}.
   */
  public AGServerOptions.Builder expiredTokenSubscriptions(
      ExpiredTokenSubscriptions expiredTokenSubscriptions) {
    return set(DeclaredOptions.EXPIRED_TOKEN_SUBSCRIPTIONS, expiredTokenSubscriptions);
  }

  /** Sets the address to listen on. By default the server listens on all addresses. */
  public AGServerOptions.Builder host(String host) {
    return set(DeclaredOptions.HOST, host);
  }

  /**
   * Sets the path of the first endpoint, with a leading slash. Default: {@code /socketcluster/}.
   */
  public AGServerOptions.Builder path(String path) {
    return set(DeclaredOptions.PATH, path);
  }

  /**
   * Sets the protocol version of the first endpoint. By default it serves clients of both versions
   * with the JSON codec, and clients of version 2 with any other codec.
   */
  public AGServerOptions.Builder protocolVersion(ProtocolVersion protocolVersion) {
    return set(DeclaredOptions.PROTOCOL_VERSION, protocolVersion);
  }

  /** Sets the codec of the first endpoint; its clients must use the same codec. Default: JSON. */
  public AGServerOptions.Builder codecEngine(CodecEngine codecEngine) {
    return set(DeclaredOptions.CODEC_ENGINE, codecEngine);
  }

  /**
   * Sets the Jackson mapper that binds incoming data to types and writes outgoing data, in all
   * endpoints and with every codec. Its modules, naming strategy, mix-ins and features apply;
   * {@link io.socketcluster.protocol.DataMapper} lists the exceptions. Null restores Jackson's own
   * settings.
   */
  public AGServerOptions.Builder jsonMapper(@Nullable JsonMapper jsonMapper) {
    return setOrReset(DeclaredOptions.JSON_MAPPER, jsonMapper);
  }

  /** Adds an endpoint. Its path must differ from the paths of all other endpoints. */
  public AGServerOptions.Builder endpoint(AGEndpoint endpoint) {
    return change(
        DeclaredOptions.ENDPOINTS,
        all -> endpoint == null ? null : Stream.concat(all.stream(), Stream.of(endpoint)).toList());
  }

  /**
   * Sets the origins of web pages that may connect: {@code host:port}, {@code host:*}, {@code
   * *:port}. Default: {@code *:*}.
   */
  public AGServerOptions.Builder origins(String... origins) {
    return set(DeclaredOptions.ORIGINS, listOf(origins));
  }

  /**
   * Sets the proxies that are trusted to report a client's address in {@code X-Forwarded-For} or
   * {@code Forwarded}: addresses, or blocks such as {@code 10.0.0.0/8}. By default no proxy is
   * trusted. Addresses from which clients connect directly must not be included.
   */
  public AGServerOptions.Builder trustedProxies(String... trustedProxies) {
    return set(DeclaredOptions.TRUSTED_PROXIES, listOf(trustedProxies));
  }

  /**
   * Sets the longest time until the handshake of a connection is complete: 1 ms to 24 days.
   * Default: 10 seconds.
   */
  public AGServerOptions.Builder handshakeTimeout(Duration handshakeTimeout) {
    return set(DeclaredOptions.HANDSHAKE_TIMEOUT, handshakeTimeout);
  }

  /**
   * Sets the longest wait for the answer to an invoke of the server: 1 ms to 24 days. Default: 10
   * seconds.
   */
  public AGServerOptions.Builder ackTimeout(Duration ackTimeout) {
    return set(DeclaredOptions.ACK_TIMEOUT, ackTimeout);
  }

  /** Sets the interval between pings to a socket: 1 ms to 24 days. Default: 8 seconds. */
  public AGServerOptions.Builder pingInterval(Duration pingInterval) {
    return set(DeclaredOptions.PING_INTERVAL, pingInterval);
  }

  /**
   * Sets the longest silence of a socket before it is closed with 4001: longer than {@code
   * pingInterval}, at most 24 days. Default: 20 seconds.
   */
  public AGServerOptions.Builder pingTimeout(Duration pingTimeout) {
    return set(DeclaredOptions.PING_TIMEOUT, pingTimeout);
  }

  /**
   * Sets whether sockets are neither pinged nor closed for silence. Clients need the same option,
   * because they expect pings.
   */
  public AGServerOptions.Builder pingTimeoutDisabled(boolean pingTimeoutDisabled) {
    return set(DeclaredOptions.PING_TIMEOUT_DISABLED, pingTimeoutDisabled);
  }

  /**
   * Sets whether a packet before the handshake closes the connection with 4009. If false, clients
   * may transmit, invoke and publish before their handshake, but not subscribe. Default: true.
   */
  public AGServerOptions.Builder strictHandshake(boolean strictHandshake) {
    return set(DeclaredOptions.STRICT_HANDSHAKE, strictHandshake);
  }

  /**
   * Sets whether everything sent to a socket right after its handshake is batched. This saves
   * messages when a reconnecting client resubscribes to all its channels.
   */
  public AGServerOptions.Builder batchOnHandshake(boolean batchOnHandshake) {
    return set(DeclaredOptions.BATCH_ON_HANDSHAKE, batchOnHandshake);
  }

  /**
   * Sets how long {@code batchOnHandshake} lasts after the handshake: 1 ms to 24 days. Default: 400
   * ms.
   */
  public AGServerOptions.Builder batchOnHandshakeDuration(Duration batchOnHandshakeDuration) {
    return set(DeclaredOptions.BATCH_ON_HANDSHAKE_DURATION, batchOnHandshakeDuration);
  }

  /**
   * Sets the longest time that a batch waits before it is sent, after the handshake and after
   * {@link AGServerSocket#startBatching}: 1 ms to 24 days. Default: 50 ms.
   */
  public AGServerOptions.Builder batchInterval(Duration batchInterval) {
    return set(DeclaredOptions.BATCH_INTERVAL, batchInterval);
  }

  /** Sets the largest number of channels per socket, at least 1. Default: 1000. */
  public AGServerOptions.Builder socketChannelLimit(int socketChannelLimit) {
    return set(DeclaredOptions.SOCKET_CHANNEL_LIMIT, socketChannelLimit);
  }

  /** Sets whether clients may publish. Default: true. */
  public AGServerOptions.Builder allowClientPublish(boolean allowClientPublish) {
    return set(DeclaredOptions.ALLOW_CLIENT_PUBLISH, allowClientPublish);
  }

  /**
   * Sets whether a blocked action is emitted as an {@code error} of the socket and a {@code
   * warning} of the server. Default: true.
   */
  public AGServerOptions.Builder middlewareEmitFailures(boolean middlewareEmitFailures) {
    return set(DeclaredOptions.MIDDLEWARE_EMIT_FAILURES, middlewareEmitFailures);
  }

  /**
   * Sets the longest time for the decision of a middleware: 1 ms to 24 days, or zero for no limit.
   * After that the action is blocked with a {@code TimeoutError}. Default: 10 seconds.
   */
  public AGServerOptions.Builder middlewareTimeout(Duration middlewareTimeout) {
    return set(DeclaredOptions.MIDDLEWARE_TIMEOUT, middlewareTimeout);
  }

  /** Sets how the streams of a closed socket end. Default: {@link SocketStreamCleanupMode#KILL}. */
  public AGServerOptions.Builder socketStreamCleanupMode(
      SocketStreamCleanupMode socketStreamCleanupMode) {
    return set(DeclaredOptions.SOCKET_STREAM_CLEANUP_MODE, socketStreamCleanupMode);
  }

  /** Sets the interceptor of the requests that procedures receive, and of their answers. */
  public AGServerOptions.Builder requestInterceptor(RequestInterceptor requestInterceptor) {
    return set(DeclaredOptions.REQUEST_INTERCEPTOR, requestInterceptor);
  }

  /**
   * Sets the largest message in bytes that a client may send, at least 1024; a larger message
   * closes the socket with 1009. Default: 1 MiB.
   */
  public AGServerOptions.Builder maxPayload(int maxPayload) {
    return set(DeclaredOptions.MAX_PAYLOAD, maxPayload);
  }

  /**
   * Sets the largest size in bytes of the request line, and of the header fields together, at least
   * 1024. A longer line is answered with 414, longer fields with 431. Default: 16 KiB.
   */
  public AGServerOptions.Builder maxHeaderSize(int maxHeaderSize) {
    return set(DeclaredOptions.MAX_HEADER_SIZE, maxHeaderSize);
  }

  /**
   * Sets the largest body in bytes of a request to the HTTP handler; a longer body is answered with
   * 413. Zero allows no body. Default: 1 MiB.
   */
  public AGServerOptions.Builder maxRequestBody(int maxRequestBody) {
    return set(DeclaredOptions.MAX_REQUEST_BODY, maxRequestBody);
  }

  /** Sets how many plain requests are handled at the same time, 1 or more; others wait. */
  public AGServerOptions.Builder httpConcurrency(int httpConcurrency) {
    return set(DeclaredOptions.HTTP_CONCURRENCY, httpConcurrency);
  }

  /**
   * Sets how many plain requests may wait for the HTTP handler, 0 or more; further requests get
   * 503, and so do requests that have waited for {@code handshakeTimeout}.
   */
  public AGServerOptions.Builder httpQueueLimit(int httpQueueLimit) {
    return set(DeclaredOptions.HTTP_QUEUE_LIMIT, httpQueueLimit);
  }

  /**
   * Sets the longest wait for the next plain HTTP request on a connection: 1 ms to 24 days.
   * Default: 5 seconds.
   */
  public AGServerOptions.Builder keepAliveTimeout(Duration keepAliveTimeout) {
    return set(DeclaredOptions.KEEP_ALIVE_TIMEOUT, keepAliveTimeout);
  }

  /**
   * Sets whether messages are compressed for clients that offer compression, with the settings of
   * {@link PerMessageDeflate#DEFAULT}. Default: false.
   */
  public AGServerOptions.Builder perMessageDeflate(boolean perMessageDeflate) {
    return set(
        DeclaredOptions.PER_MESSAGE_DEFLATE,
        perMessageDeflate ? Optional.of(PerMessageDeflate.DEFAULT) : Optional.empty());
  }

  /**
   * Sets how messages are compressed for clients that offer compression. By default they are not
   * compressed.
   */
  public AGServerOptions.Builder perMessageDeflate(PerMessageDeflate perMessageDeflate) {
    return set(
        DeclaredOptions.PER_MESSAGE_DEFLATE,
        perMessageDeflate == null ? null : Optional.of(perMessageDeflate));
  }

  /**
   * Sets the bytes of a socket's messages that may wait for middleware, handlers or the broker, at
   * least 1024. Above this limit reading pauses. Default: 1 MiB.
   */
  public AGServerOptions.Builder inboundBufferLimit(int inboundBufferLimit) {
    return set(DeclaredOptions.INBOUND_BUFFER_LIMIT, inboundBufferLimit);
  }

  /**
   * Sets the bytes that may be queued until a client reads them, at least 1024. Above this limit
   * the {@code slowConsumerPolicy} applies. Default: 4 MiB.
   */
  public AGServerOptions.Builder outboundBufferLimit(int outboundBufferLimit) {
    return set(DeclaredOptions.OUTBOUND_BUFFER_LIMIT, outboundBufferLimit);
  }

  /**
   * Sets the bytes of memory retained for one socket in total: unfinished messages, data that waits
   * for middleware, handlers and consumers, subscriptions, unanswered calls, and data that the
   * client has not read. It is at least twice {@code maxPayload}; the default is what the other
   * limits of a socket allow together. Above this limit a subscription or a call is refused with a
   * {@code ResourceLimitError}, and any other excess closes the socket with 1008.
   */
  public AGServerOptions.Builder socketMemoryLimit(int socketMemoryLimit) {
    return set(DeclaredOptions.SOCKET_MEMORY_LIMIT, socketMemoryLimit);
  }

  /**
   * Sets the bytes of memory retained for all clients of the server together, at least 1,048,576.
   * The default is a third of the heap, and at most half of the memory that Netty may use outside
   * the heap. Above this limit the largest sockets are closed with 1013, and new connections are
   * answered with 503, until an eighth is free.
   */
  public AGServerOptions.Builder memoryLimit(long memoryLimit) {
    return set(DeclaredOptions.MEMORY_LIMIT, memoryLimit);
  }

  /**
   * Sets the policy applied when {@code outboundBufferLimit} is exceeded. Default: {@link
   * SlowConsumerPolicy#DISCONNECT}.
   */
  public AGServerOptions.Builder slowConsumerPolicy(SlowConsumerPolicy slowConsumerPolicy) {
    return set(DeclaredOptions.SLOW_CONSUMER_POLICY, slowConsumerPolicy);
  }

  /**
   * Sets the number of handshakes in progress at the same time, at least 1; further connections are
   * queued. A connection that waits for its client passes its slot to a queued connection. Default:
   * 256.
   */
  public AGServerOptions.Builder handshakeConcurrency(int handshakeConcurrency) {
    return set(DeclaredOptions.HANDSHAKE_CONCURRENCY, handshakeConcurrency);
  }

  /**
   * Sets the number of connections that may be queued for a handshake, at least 0. A connection
   * beyond this limit, or one that has queued for {@code handshakeTimeout}, is answered with 503.
   * Default: 20000.
   */
  public AGServerOptions.Builder handshakeQueueLimit(int handshakeQueueLimit) {
    return set(DeclaredOptions.HANDSHAKE_QUEUE_LIMIT, handshakeQueueLimit);
  }

  /**
   * Sets the rate at which connections of one address may begin a handshake. Above this rate they
   * are answered with 429. IPv6 clients are counted per /64 prefix. Set {@code trustedProxies}
   * behind a proxy.
   */
  public AGServerOptions.Builder addressHandshakeRate(RateLimit addressHandshakeRate) {
    return set(DeclaredOptions.ADDRESS_HANDSHAKE_RATE, addressHandshakeRate);
  }

  /** Sets the rate of packets from a socket. Above this rate the socket is read more slowly. */
  public AGServerOptions.Builder socketMessageRate(RateLimit socketMessageRate) {
    return set(DeclaredOptions.SOCKET_MESSAGE_RATE, socketMessageRate);
  }

  /**
   * Sets the rate of packets from all sockets of one address together. Above this rate the sockets
   * are read more slowly.
   */
  public AGServerOptions.Builder addressMessageRate(RateLimit addressMessageRate) {
    return set(DeclaredOptions.ADDRESS_MESSAGE_RATE, addressMessageRate);
  }

  /**
   * Sets the rate of subscriptions from a socket. Above this rate the socket is read more slowly.
   */
  public AGServerOptions.Builder socketSubscribeRate(RateLimit socketSubscribeRate) {
    return set(DeclaredOptions.SOCKET_SUBSCRIBE_RATE, socketSubscribeRate);
  }

  /**
   * Sets the rate of subscriptions from all sockets of one address together. Above this rate the
   * sockets are read more slowly.
   */
  public AGServerOptions.Builder addressSubscribeRate(RateLimit addressSubscribeRate) {
    return set(DeclaredOptions.ADDRESS_SUBSCRIBE_RATE, addressSubscribeRate);
  }

  /** Sets the observer of the server and its sockets. Use it for metrics. */
  public AGServerOptions.Builder serverObserver(ServerObserver serverObserver) {
    return set(DeclaredOptions.SERVER_OBSERVER, serverObserver);
  }

  /**
   * Sets how long a closing server is not ready but still serves, so that a load balancer can
   * notice: 0 to 24 days. Default: 0.
   */
  public AGServerOptions.Builder closeDelay(Duration closeDelay) {
    return set(DeclaredOptions.CLOSE_DELAY, closeDelay);
  }

  /**
   * Sets the time in which the sockets of a closing server may finish before they are cut off: 0 to
   * 24 days. Zero cuts off all of them at once. Default: 10 seconds.
   */
  public AGServerOptions.Builder closeTimeout(Duration closeTimeout) {
    return set(DeclaredOptions.CLOSE_TIMEOUT, closeTimeout);
  }

  /**
   * Sets how many sockets per second a closing server disconnects, at least 1. The server is faster
   * if this rate would take more than half of {@code closeTimeout}. Default: 2000.
   */
  public AGServerOptions.Builder closeRate(int closeRate) {
    return set(DeclaredOptions.CLOSE_RATE, closeRate);
  }

  /**
   * Sets whether other servers of the same user may listen on the same port. A closing server
   * leaves the port to them before it disconnects its sockets. Default: false.
   */
  public AGServerOptions.Builder reusePort(boolean reusePort) {
    return set(DeclaredOptions.REUSE_PORT, reusePort);
  }

  /**
   * Sets the certificate with which a listening server speaks TLS. It is read when the server is
   * created.
   */
  public AGServerOptions.Builder tls(TlsOptions tls) {
    return set(DeclaredOptions.TLS, tls);
  }

  /**
   * Sets the I/O mechanism of a listening server. By default the best available mechanism is used.
   */
  public AGServerOptions.Builder transport(Transport transport) {
    return set(DeclaredOptions.TRANSPORT, transport);
  }

  /** Sets the number of event loops of a listening server. Default: one per core. */
  public AGServerOptions.Builder eventLoops(int eventLoops) {
    return set(DeclaredOptions.EVENT_LOOPS, eventLoops);
  }

  /** Sets the broker engine, which delivers publishes. By default an in-process broker is used. */
  public AGServerOptions.Builder brokerEngine(AGBrokerEngine brokerEngine) {
    return set(DeclaredOptions.BROKER_ENGINE, brokerEngine);
  }

  /**
   * Sets the handler that answers plain HTTP requests of a listening server. By default they are
   * answered with 501.
   */
  public AGServerOptions.Builder httpHandler(HttpHandler httpHandler) {
    return set(DeclaredOptions.HTTP_HANDLER, httpHandler);
  }

  /**
   * Sets each option in a map, by its name in {@code docs/options.md}, from JSON-like values:
   * strings, numbers, booleans, lists and maps. For a duration, a number is milliseconds ({@code
   * authDefaultExpiry}: seconds), and a string has a form such as {@code 20s} or {@code PT20S}.
   * {@code build} refuses unknown names and values of another form. Options that are objects, such
   * as {@code brokerEngine}, cannot be set from data.
   */
  public AGServerOptions.Builder fromMap(Map<String, ?> options) {
    new OptionData(DeclaredOptions.ALL, values).readMap(options);
    return self();
  }

  /** Sets each option in a JSON object, in the forms of {@link #fromMap}. */
  public AGServerOptions.Builder fromJson(String json) {
    new OptionData(DeclaredOptions.ALL, values).readJson(json);
    return self();
  }

  /**
   * Sets options from environment variables, usually {@code System.getenv()}: first those in the
   * JSON object {@code SOCKETCLUSTER_OPTIONS}, then each option with a variable of its own, such as
   * {@code SOCKETCLUSTER_PING_TIMEOUT} for {@code pingTimeout}. {@code build} refuses a variable
   * that resembles a misspelt option. Other variables with this prefix belong to the application,
   * and those that begin with {@code SOCKETCLUSTER_CLIENT_} to the client.
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
