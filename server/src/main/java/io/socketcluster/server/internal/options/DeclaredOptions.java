// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.options;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.options.DeflateOption;
import io.socketcluster.core.options.Option;
import io.socketcluster.core.options.OptionSet;
import io.socketcluster.core.options.StandardFormats;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.server.AGAuthEngine;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.ExpiredTokenSubscriptions;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.RateLimit;
import io.socketcluster.server.RequestInterceptor;
import io.socketcluster.server.ServerObserver;
import io.socketcluster.server.SlowConsumerPolicy;
import io.socketcluster.server.SocketStreamCleanupMode;
import io.socketcluster.server.TlsOptions;
import io.socketcluster.server.Transport;
import io.socketcluster.server.internal.auth.KeyMaterial;
import io.socketcluster.server.internal.http.HostName;
import io.socketcluster.server.internal.http.Origins;
import io.socketcluster.server.internal.http.TrustedProxies;
import io.socketcluster.server.internal.memory.MemoryDefaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Every option of a server: its name, its default, what is allowed, and its form as data. */
public final class DeclaredOptions {
  public static final OptionSet ALL =
      new OptionSet(
          Map.of(
              "httpServer", "the server brings its own HTTP side, or is attached to a pipeline",
              "wsEngine", "the WebSocket side is part of the server; transport chooses how it runs",
              "wsEngineServerOptions", "maxPayload and handshakeTimeout limit the WebSocket side",
              "handleProtocols", "no client of SocketCluster asks for a subprotocol",
              "cloneData", "data is encoded when the method is called",
              "requestCreator", "requestInterceptor sees each request and its answer",
              "port", "listen takes it"));

  private static final int MEBIBYTE = 1 << 20;
  private static final int MOST_REVOCATIONS = 100_000;
  private static final int MOST_LOOPS = 1024;
  private static final Duration LONGEST_EXPIRY = Duration.ofDays(36_500);

  /** JavaScript's clients count the ping timeout in 31 bits of milliseconds: not 25 days. */
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(24);

  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);

  // Paths and protocols.

  public static final Option<String> PATH =
      add(
          Option.text("path", "/socketcluster/")
              .allowing(DeclaredOptions::isPath, "a path that begins with / and has no query"));
  public static final Option<ProtocolVersion> PROTOCOL_VERSION =
      add(Option.of("protocolVersion", null, StandardFormats.PROTOCOL_VERSION));
  public static final Option<CodecEngine> CODEC_ENGINE =
      add(Option.object("codecEngine", AGEndpoint.of("/").codecEngine()));
  public static final Option<JsonMapper> JSON_MAPPER = add(Option.object("jsonMapper", null));
  public static final Option<List<AGEndpoint>> ENDPOINTS =
      add(Option.of("endpoints", List.of(), OptionForms.ENDPOINTS));
  public static final Option<List<String>> ORIGINS =
      add(
          Option.texts("origins", List.of("*:*"))
              .allowing(values -> !values.isEmpty(), "at least one, *:* for all")
              .allowing(
                  values -> values.stream().allMatch(Origins::isAllowable),
                  DeclaredOptions::firstThatIsNoOrigin,
                  "host:port without a scheme, * for any host or port"));
  public static final Option<List<String>> TRUSTED_PROXIES =
      add(
          Option.texts("trustedProxies", List.of())
              .allowing(
                  values -> values.stream().allMatch(TrustedProxies::isNetwork),
                  DeclaredOptions::firstThatIsNoNetwork,
                  "an address, or an address with / and the length of its prefix, no name"));
  public static final Option<Boolean> PROXY_PROTOCOL = add(Option.bool("proxyProtocol", false));
  public static final Option<HttpHandler> HTTP_HANDLER =
      add(Option.object("httpHandler", HttpHandler.NONE));
  public static final Option<String> HOST =
      add(
          Option.text("host")
              .allowing(HostName::isHost, "a name or an address, no scheme and no port"));

  // Authentication.

  public static final Option<String> AUTH_KEY = add(Option.text("authKey").secret());
  public static final Option<PemText> AUTH_PRIVATE_KEY =
      add(Option.of("authPrivateKey", (PemText) null, OptionForms.PEM).secret());
  public static final Option<PemText> AUTH_PUBLIC_KEY =
      add(Option.of("authPublicKey", null, OptionForms.PEM));
  public static final Option<String> AUTH_ALGORITHM =
      add(
          Option.text("authAlgorithm")
              .allowing(KeyMaterial.ALGORITHMS::contains, "one of " + KeyMaterial.ALGORITHMS));
  public static final Option<List<String>> AUTH_VERIFY_ALGORITHMS =
      add(Option.texts("authVerifyAlgorithms"));
  public static final Option<Duration> AUTH_DEFAULT_EXPIRY =
      add(
          within(
              Option.duration("authDefaultExpiry", Duration.ofDays(1)).as(StandardFormats.SECONDS),
              Duration.ofSeconds(1),
              LONGEST_EXPIRY));
  public static final Option<AGAuthEngine> AUTH_ENGINE = add(Option.object("authEngine", null));
  public static final Option<ExpiredTokenSubscriptions> EXPIRED_TOKEN_SUBSCRIPTIONS =
      add(Option.constant("expiredTokenSubscriptions", ExpiredTokenSubscriptions.DROP));

  public static final Option<Integer> TOKEN_REVOCATION_LIMIT =
      add(
          Option.integer("tokenRevocationLimit", 10_000)
              .allowing(v -> v >= 0 && v <= MOST_REVOCATIONS, "0 to " + MOST_REVOCATIONS));

  // Handshake and liveness.

  public static final Option<Duration> HANDSHAKE_TIMEOUT = timeout("handshakeTimeout", 10_000);
  public static final Option<Boolean> STRICT_HANDSHAKE = add(Option.bool("strictHandshake", true));
  public static final Option<Duration> PING_INTERVAL = timeout("pingInterval", 8_000);
  public static final Option<Duration> PING_TIMEOUT = timeout("pingTimeout", 20_000);
  public static final Option<Boolean> PING_TIMEOUT_DISABLED =
      add(Option.bool("pingTimeoutDisabled", false));

  // Calls, streams and middleware.

  public static final Option<Duration> ACK_TIMEOUT = timeout("ackTimeout", 10_000);
  public static final Option<RequestInterceptor> REQUEST_INTERCEPTOR =
      add(Option.object("requestInterceptor", null));
  public static final Option<SocketStreamCleanupMode> SOCKET_STREAM_CLEANUP_MODE =
      add(Option.constant("socketStreamCleanupMode", SocketStreamCleanupMode.KILL));
  public static final Option<Duration> MIDDLEWARE_TIMEOUT =
      add(
          Option.duration("middlewareTimeout", Duration.ofSeconds(10))
              .allowing(
                  value -> value.isZero() || isWithin(value, SHORTEST_TIMEOUT, LONGEST_TIMEOUT),
                  SHORTEST_TIMEOUT + " to " + LONGEST_TIMEOUT + ", or 0 for no limit"));
  public static final Option<Boolean> MIDDLEWARE_EMIT_FAILURES =
      add(Option.bool("middlewareEmitFailures", true));

  // Batches.

  public static final Option<Boolean> BATCH_ON_HANDSHAKE =
      add(Option.bool("batchOnHandshake", false));
  public static final Option<Duration> BATCH_ON_HANDSHAKE_DURATION =
      timeout("batchOnHandshakeDuration", 400);
  public static final Option<Duration> BATCH_INTERVAL = timeout("batchInterval", 50);

  // Channels.

  public static final Option<Boolean> ALLOW_CLIENT_PUBLISH =
      add(Option.bool("allowClientPublish", true));
  public static final Option<Integer> SOCKET_CHANNEL_LIMIT = atLeast("socketChannelLimit", 1000, 1);
  public static final Option<AGBrokerEngine> BROKER_ENGINE =
      add(Option.object("brokerEngine", null));

  // Limits.

  public static final Option<Integer> MAX_PAYLOAD = atLeast("maxPayload", MEBIBYTE, 1024);
  public static final Option<Integer> MAX_HEADER_SIZE = atLeast("maxHeaderSize", 16 * 1024, 1024);
  public static final Option<Integer> MAX_REQUEST_BODY = atLeast("maxRequestBody", MEBIBYTE, 0);
  public static final Option<Integer> HTTP_CONCURRENCY =
      atLeast("httpConcurrency", MemoryDefaults.plainRequests(), 1);
  public static final Option<Integer> HTTP_QUEUE_LIMIT = atLeast("httpQueueLimit", 1000, 0);
  public static final Option<Optional<PerMessageDeflate>> PER_MESSAGE_DEFLATE =
      add(DeflateOption.off());
  public static final Option<Integer> INBOUND_BUFFER_LIMIT =
      atLeast("inboundBufferLimit", MEBIBYTE, 1024);
  public static final Option<Integer> OUTBOUND_BUFFER_LIMIT =
      atLeast("outboundBufferLimit", 4 * MEBIBYTE, 1024);
  public static final Option<Integer> SOCKET_MEMORY_LIMIT =
      add(Option.integer("socketMemoryLimit"));
  public static final Option<Long> MEMORY_LIMIT =
      add(
          Option.longInteger("memoryLimit", MemoryDefaults.forServer())
              .allowing(value -> value >= MEBIBYTE, MEBIBYTE + " or more"));
  public static final Option<SlowConsumerPolicy> SLOW_CONSUMER_POLICY =
      add(Option.constant("slowConsumerPolicy", SlowConsumerPolicy.DISCONNECT));
  public static final Option<Integer> HANDSHAKE_CONCURRENCY =
      atLeast("handshakeConcurrency", 256, 1);
  public static final Option<Integer> HANDSHAKE_QUEUE_LIMIT =
      atLeast("handshakeQueueLimit", 20_000, 0);
  public static final Option<RateLimit> ADDRESS_HANDSHAKE_RATE = rate("addressHandshakeRate", null);
  public static final Option<RateLimit> SOCKET_MESSAGE_RATE =
      rate("socketMessageRate", RateLimit.of(100_000, Duration.ofSeconds(1)));
  public static final Option<RateLimit> ADDRESS_MESSAGE_RATE = rate("addressMessageRate", null);
  public static final Option<RateLimit> SOCKET_SUBSCRIBE_RATE = rate("socketSubscribeRate", null);
  public static final Option<RateLimit> ADDRESS_SUBSCRIBE_RATE = rate("addressSubscribeRate", null);
  public static final Option<ServerObserver> SERVER_OBSERVER =
      add(Option.object("serverObserver", ServerObserver.NONE));
  public static final Option<TimeSource> TIME_SOURCE =
      add(Option.object("timeSource", TimeSource.system()));

  // Listening and closing.

  public static final Option<Transport> TRANSPORT =
      add(Option.constant("transport", Transport.AUTO));
  public static final Option<TlsOptions> TLS =
      add(Option.of("tls", (TlsOptions) null, OptionForms.TLS).secret());
  public static final Option<Duration> KEEP_ALIVE_TIMEOUT = timeout("keepAliveTimeout", 5_000);
  public static final Option<Integer> EVENT_LOOPS =
      add(
          Option.integer(
                  "eventLoops", Math.min(Runtime.getRuntime().availableProcessors(), MOST_LOOPS))
              .allowing(v -> v >= 1 && v <= MOST_LOOPS, "1 to " + MOST_LOOPS));
  public static final Option<Boolean> REUSE_PORT = add(Option.bool("reusePort", false));
  public static final Option<Duration> CLOSE_DELAY =
      add(within(Option.duration("closeDelay", Duration.ZERO), Duration.ZERO, LONGEST_TIMEOUT));
  public static final Option<Duration> CLOSE_TIMEOUT =
      add(
          within(
              Option.duration("closeTimeout", Duration.ofSeconds(10)),
              Duration.ZERO,
              LONGEST_TIMEOUT));
  public static final Option<Integer> CLOSE_RATE = atLeast("closeRate", 2000, 1);

  private DeclaredOptions() {}

  public static boolean isPath(String value) {
    return value.startsWith("/") && !value.contains("?") && !value.contains("#");
  }

  private static Object firstThatIsNoNetwork(List<String> values) {
    return values.stream().filter(value -> !TrustedProxies.isNetwork(value)).findFirst();
  }

  private static Object firstThatIsNoOrigin(List<String> values) {
    return values.stream().filter(value -> !Origins.isAllowable(value)).findFirst();
  }

  private static <T> Option<T> add(Option<T> option) {
    return ALL.add(option);
  }

  private static Option<Integer> atLeast(String name, int initial, int minimum) {
    return add(Option.integer(name, initial).allowing(v -> v >= minimum, minimum + " or more"));
  }

  private static Option<Duration> timeout(String name, long initialMillis) {
    Option<Duration> option = Option.duration(name, Duration.ofMillis(initialMillis));
    return add(within(option, SHORTEST_TIMEOUT, LONGEST_TIMEOUT));
  }

  private static Option<Duration> within(
      Option<Duration> option, Duration minimum, Duration maximum) {
    return option.allowing(value -> isWithin(value, minimum, maximum), minimum + " to " + maximum);
  }

  private static boolean isWithin(@Nullable Duration value, Duration minimum, Duration maximum) {
    return value != null && value.compareTo(minimum) >= 0 && value.compareTo(maximum) <= 0;
  }

  private static Option<RateLimit> rate(String name, @Nullable RateLimit initial) {
    return add(
        Option.of(name, initial, OptionForms.RATE)
            .allowing("count", RateLimit::count, count -> count >= 1, "1 or more")
            .allowing(
                "period",
                RateLimit::period,
                period -> isWithin(period, SHORTEST_TIMEOUT, LONGEST_TIMEOUT),
                SHORTEST_TIMEOUT + " to " + LONGEST_TIMEOUT)
            .allowing("burst", RateLimit::burst, burst -> burst >= 1, "1 or more"));
  }
}
