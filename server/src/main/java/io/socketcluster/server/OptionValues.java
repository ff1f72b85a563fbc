// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.DataMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a builder has been told so far, beginning with the defaults; every value is immutable. */
final class OptionValues implements Cloneable {
  private static final int MEBIBYTE = 1 << 20;
  private static final Duration LONGEST_EXPIRY = Duration.ofDays(36_500);

  /** JavaScript's clients count the ping timeout in 31 bits of milliseconds: not 25 days. */
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(24);

  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);

  @Nullable String authKey;
  Duration authDefaultExpiry = Duration.ofDays(1);
  @Nullable PemText authPrivateKey;
  @Nullable PemText authPublicKey;
  @Nullable String authAlgorithm; // null: what is usual for the key
  @Nullable List<String> authVerifyAlgorithms; // null: the one that signs
  @Nullable AGAuthEngine authEngine;
  ExpiredTokenSubscriptions expiredTokenSubscriptions = ExpiredTokenSubscriptions.DROP;
  @Nullable AuthKey checkedKey; // of the last check
  @Nullable String host;
  String path = "/socketcluster/";
  ProtocolVersion protocolVersion = ProtocolVersion.V2;
  CodecEngine codecEngine = AGEndpoint.JSON;
  @Nullable JsonMapper jsonMapper; // null: Jackson's own settings
  DataMapper dataMapper = DataMapper.STANDARD; // as that says
  List<AGEndpoint> moreEndpoints = List.of();
  List<String> origins = List.of("*:*");
  List<String> trustedProxies = List.of();
  Duration handshakeTimeout = Duration.ofSeconds(10);
  Duration ackTimeout = Duration.ofSeconds(10);
  Duration pingInterval = Duration.ofSeconds(8);
  Duration pingTimeout = Duration.ofSeconds(20);
  boolean pingTimeoutDisabled;
  boolean strictHandshake = true;
  boolean batchOnHandshake;
  Duration batchOnHandshakeDuration = Duration.ofMillis(400);
  Duration batchInterval = Duration.ofMillis(50);
  int socketChannelLimit = 1000;
  boolean allowClientPublish = true;
  boolean middlewareEmitFailures = true;
  Duration middlewareTimeout = Duration.ofSeconds(10);
  SocketStreamCleanupMode socketStreamCleanupMode = SocketStreamCleanupMode.KILL;
  @Nullable RequestCreator requestCreator;
  int maxPayload = MEBIBYTE;
  @Nullable PerMessageDeflate perMessageDeflate; // null: off
  int inboundBufferLimit = MEBIBYTE;
  int outboundBufferLimit = 4 * MEBIBYTE;
  @Nullable Integer socketMemoryLimit; // null: what the limits above need together
  long memoryLimit = MemoryDefaults.forServer();
  SlowConsumerPolicy slowConsumerPolicy = SlowConsumerPolicy.DISCONNECT;
  int handshakeConcurrency = 256;
  int handshakeQueueLimit = 20_000;
  @Nullable RateLimit addressHandshakeRate; // null: off, likewise below
  RateLimit socketMessageRate = RateLimit.of(100_000, Duration.ofSeconds(1));
  @Nullable RateLimit addressMessageRate;
  @Nullable RateLimit socketSubscribeRate;
  @Nullable RateLimit addressSubscribeRate;
  LoadObserver loadObserver = LoadObserver.NONE;
  Duration closeDelay = Duration.ZERO;
  Duration closeTimeout = Duration.ofSeconds(10);
  int closeRate = 2000;
  boolean reusePort;
  @Nullable TlsOptions tls;
  Transport transport = Transport.AUTO;
  int eventLoops = Runtime.getRuntime().availableProcessors();
  @Nullable AGBrokerEngine brokerEngine;
  HttpHandler httpHandler = HttpHandler.NONE;

  OptionValues copy() {
    try {
      return (OptionValues) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  int socketMemoryLimit() {
    if (socketMemoryLimit != null) {
      return socketMemoryLimit;
    }
    long sum = MemoryDefaults.forSocket(maxPayload, inboundBufferLimit, outboundBufferLimit);
    return (int) Math.min(sum, Math.min(memoryLimit, Integer.MAX_VALUE));
  }

  /** The first is described by the options of their own. */
  List<AGEndpoint> endpoints() {
    List<AGEndpoint> all = new ArrayList<>();
    all.add(AGEndpoint.at(path).withProtocolVersion(protocolVersion).withCodecEngine(codecEngine));
    all.addAll(moreEndpoints);
    return List.copyOf(all);
  }

  void check() {
    checkedKey = new AuthOptions(this).check();
    OptionChecks.given(
        "expiredTokenSubscriptions",
        expiredTokenSubscriptions,
        List.of(ExpiredTokenSubscriptions.values()).toString());
    OptionChecks.within(
        "authDefaultExpiry", authDefaultExpiry, Duration.ofSeconds(1), LONGEST_EXPIRY);
    OptionChecks.path("path", path);
    OptionChecks.given(
        "protocolVersion", protocolVersion, List.of(ProtocolVersion.values()).toString());
    OptionChecks.given("codecEngine", codecEngine, "a codec");
    OptionChecks.endpoints("endpoint", endpoints());
    OptionChecks.notEmpty("origins", origins);
    OptionChecks.networks("trustedProxies", trustedProxies);
    timeout("handshakeTimeout", handshakeTimeout);
    timeout("ackTimeout", ackTimeout);
    timeout("pingInterval", pingInterval);
    timeout("pingTimeout", pingTimeout);
    if (!pingTimeoutDisabled) {
      OptionChecks.longer("pingTimeout", pingTimeout, "pingInterval", pingInterval);
    }
    timeout("batchOnHandshakeDuration", batchOnHandshakeDuration);
    timeout("batchInterval", batchInterval);
    OptionChecks.atLeast("socketChannelLimit", socketChannelLimit, 1);
    if (middlewareTimeout == null || !middlewareTimeout.isZero()) {
      timeout("middlewareTimeout", middlewareTimeout);
    }
    OptionChecks.atLeast("maxPayload", maxPayload, 1024);
    OptionChecks.deflate("perMessageDeflate", perMessageDeflate);
    OptionChecks.atLeast("inboundBufferLimit", inboundBufferLimit, 1024);
    OptionChecks.atLeast("outboundBufferLimit", outboundBufferLimit, 1024);
    if (socketMemoryLimit != null) {
      OptionChecks.atLeast("socketMemoryLimit", socketMemoryLimit, 2L * maxPayload);
    }
    OptionChecks.atLeast("memoryLimit", memoryLimit, MEBIBYTE);
    OptionChecks.given(
        "slowConsumerPolicy", slowConsumerPolicy, List.of(SlowConsumerPolicy.values()).toString());
    OptionChecks.given(
        "socketStreamCleanupMode",
        socketStreamCleanupMode,
        List.of(SocketStreamCleanupMode.values()).toString());
    checkRates();
    OptionChecks.within("closeDelay", closeDelay, Duration.ZERO, LONGEST_TIMEOUT);
    OptionChecks.within("closeTimeout", closeTimeout, Duration.ZERO, LONGEST_TIMEOUT);
    OptionChecks.atLeast("closeRate", closeRate, 1);
    OptionChecks.given("transport", transport, List.of(Transport.values()).toString());
    OptionChecks.atLeast("eventLoops", eventLoops, 1);
  }

  private void checkRates() {
    OptionChecks.atLeast("handshakeConcurrency", handshakeConcurrency, 1);
    OptionChecks.atLeast("handshakeQueueLimit", handshakeQueueLimit, 0);
    rate("addressHandshakeRate", addressHandshakeRate);
    rate("socketMessageRate", socketMessageRate);
    rate("addressMessageRate", addressMessageRate);
    rate("socketSubscribeRate", socketSubscribeRate);
    rate("addressSubscribeRate", addressSubscribeRate);
  }

  private static void rate(String name, @Nullable RateLimit value) {
    if (value != null) {
      OptionChecks.atLeast(name + ".count", value.count(), 1);
      timeout(name + ".period", value.period());
      OptionChecks.atLeast(name + ".burst", value.burst(), 1);
    }
  }

  private static void timeout(String name, Duration value) {
    OptionChecks.within(name, value, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
  }
}
