// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.options.OptionValues;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.server.internal.options.DeclaredOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The setters of {@link AGServerOptions.Builder}, which has no others: they fill files of their
 * own. Javadoc shows them there.
 */
abstract sealed class ServerOptionSetters extends LimitOptionSetters
    permits AGServerOptions.Builder {
  private static final String ENVIRONMENT_PREFIX = "SOCKETCLUSTER_";
  private static final String CLIENT_PREFIX = "SOCKETCLUSTER_CLIENT_";

  ServerOptionSetters(OptionValues values) {
    super(values);
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
   * Sets whether the {@code trustedProxies} begin each connection with a header of the PROXY
   * protocol, version 1 or 2, that names the client. That address is then the {@code
   * remoteAddress}. A connection of a trusted proxy without such a header is closed; nobody else
   * may send one. Only for a server that listens on a port of its own. Default: false.
   *
   * @see <a href="https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt">The PROXY
   *     protocol</a>
   */
  public AGServerOptions.Builder proxyProtocol(boolean proxyProtocol) {
    return set(DeclaredOptions.PROXY_PROTOCOL, proxyProtocol);
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

  /** Sets the observer of the server and its sockets. Use it for metrics. */
  public AGServerOptions.Builder serverObserver(ServerObserver serverObserver) {
    return set(DeclaredOptions.SERVER_OBSERVER, serverObserver);
  }

  /**
   * Sets the time that deadlines, expiries and rates of sockets and ages of histories go by. Use it
   * in tests. Presence, calls over the cluster and closing go by the clocks of the machine.
   * Default: {@link TimeSource#system}.
   */
  public AGServerOptions.Builder timeSource(TimeSource timeSource) {
    return set(DeclaredOptions.TIME_SOURCE, timeSource);
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

  /** Sets the number of event loops of a listening server. At most 1,024. Default: one per core. */
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
    return read(data -> data.readMap(options));
  }

  /** Sets each option in a JSON object, in the forms of {@link #fromMap}. */
  public AGServerOptions.Builder fromJson(String json) {
    return read(data -> data.readJson(json));
  }

  /**
   * Sets options from environment variables, usually {@code System.getenv()}: first those in the
   * JSON object {@code SOCKETCLUSTER_OPTIONS}, then each option with a variable of its own, such as
   * {@code SOCKETCLUSTER_PING_TIMEOUT} for {@code pingTimeout}. {@code build} refuses a variable
   * that resembles a misspelt option. Other variables with this prefix belong to the application,
   * and those that begin with {@code SOCKETCLUSTER_CLIENT_} to the client.
   */
  public AGServerOptions.Builder fromEnvironment(Map<String, String> variables) {
    return read(data -> data.readEnvironment(variables, ENVIRONMENT_PREFIX, CLIENT_PREFIX));
  }
}
