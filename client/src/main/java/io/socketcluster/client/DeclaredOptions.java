// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.client.spi.ClientObserver;
import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.core.options.DeflateOption;
import io.socketcluster.core.options.Option;
import io.socketcluster.core.options.OptionSet;
import io.socketcluster.core.options.StandardFormats;
import io.socketcluster.core.time.TimeSource;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.JsonCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.json.JsonMapper;

/** Every option of a client: its name, its default, what is allowed, and its form as data. */
final class DeclaredOptions {
  static final OptionSet ALL = new OptionSet(OptionForms.ABSENT);

  private static final int MEBIBYTE = 1 << 20;
  private static final String HOSTNAMES =
      "a name or an address in ASCII, without port and brackets";
  private static final String PORTS = "1 to 65535";
  private static final String DELAYS = Duration.ZERO + " to " + OptionForms.LONGEST_DELAY;
  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** JavaScript counts milliseconds in 31 bits: not 25 days. */
  private static final Duration LONGEST = Duration.ofDays(24);

  // Where the server is.

  static final Option<String> HOSTNAME =
      add(Option.text("hostname", "localhost").allowing(AddressRules::isHostname, HOSTNAMES));
  static final Option<Integer> PORT = add(within(Option.integer("port"), 1, 65_535));
  static final Option<Boolean> SECURE = add(Option.bool("secure", false));
  static final Option<String> PATH =
      add(
          Option.text("path", "/socketcluster/")
              .allowing(
                  AddressRules::isPath,
                  "a path that begins with / and has no query, as it is in a URI"));
  static final Option<Map<String, List<String>>> QUERY =
      add(Option.<Map<String, List<String>>>of("query", Map.of(), OptionForms.FIELDS).secret());
  static final Option<Map<String, List<String>>> HEADERS =
      add(
          Option.<Map<String, List<String>>>of("headers", Map.of(), OptionForms.FIELDS)
              .allowing(
                  fields -> AddressRules.badName(fields) == null,
                  fields -> String.valueOf(AddressRules.badName(fields)),
                  "names of HTTP fields that the upgrade does not set itself")
              .allowing(
                  fields -> AddressRules.badValue(fields) == null,
                  fields -> AddressRules.badValue(fields) + " with a control character",
                  "Latin-1 text on one line")
              .secret());
  static final Option<ProxyOptions> PROXY =
      add(
          Option.of("proxy", (ProxyOptions) null, OptionForms.PROXY)
              .allowing("hostname", ProxyOptions::hostname, AddressRules::isHostname, HOSTNAMES)
              .allowing("port", ProxyOptions::port, port -> port >= 1 && port <= 65_535, PORTS)
              .secret());
  static final Option<SSLContext> SSL_CONTEXT = add(Option.object("sslContext", null));

  // When it connects.

  static final Option<Boolean> AUTO_CONNECT = add(Option.bool("autoConnect", true));
  static final Option<Boolean> AUTO_RECONNECT = add(Option.bool("autoReconnect", true));
  static final Option<AutoReconnectOptions> AUTO_RECONNECT_OPTIONS =
      add(
          Option.of("autoReconnectOptions", AutoReconnectOptions.DEFAULT, OptionForms.RECONNECTING)
              .allowing(
                  "initialDelay", AutoReconnectOptions::initialDelay, OptionForms::isDelay, DELAYS)
              .allowing(
                  "randomness", AutoReconnectOptions::randomness, OptionForms::isDelay, DELAYS)
              .allowing("maxDelay", AutoReconnectOptions::maxDelay, OptionForms::isDelay, DELAYS)
              .allowing(
                  "multiplier",
                  AutoReconnectOptions::multiplier,
                  value -> value >= 1 && value <= 1000,
                  "1 to 1000"));
  static final Option<Boolean> AUTO_SUBSCRIBE_ON_CONNECT =
      add(Option.bool("autoSubscribeOnConnect", true));
  static final Option<Duration> CONNECT_TIMEOUT = timeout("connectTimeout", 20_000);
  static final Option<Duration> ACK_TIMEOUT = timeout("ackTimeout", 10_000);
  static final Option<Boolean> PING_TIMEOUT_DISABLED =
      add(Option.bool("pingTimeoutDisabled", false));
  static final Option<Boolean> TIMESTAMP_REQUESTS = add(Option.bool("timestampRequests", false));
  static final Option<String> TIMESTAMP_PARAM =
      add(
          Option.text("timestampParam", "t")
              .allowing(value -> !value.isEmpty(), "at least one character"));

  // How it talks.

  static final Option<Boolean> BATCH_ON_HANDSHAKE = add(Option.bool("batchOnHandshake", false));
  static final Option<Duration> BATCH_ON_HANDSHAKE_DURATION =
      timeout("batchOnHandshakeDuration", 100);
  static final Option<Duration> BATCH_INTERVAL = timeout("batchInterval", 50);
  static final Option<ProtocolVersion> PROTOCOL_VERSION =
      add(
          Option.of("protocolVersion", ProtocolVersion.V2, StandardFormats.PROTOCOL_VERSION)
              .allowing(
                  value -> value == ProtocolVersion.V1 || value == ProtocolVersion.V2, "V1 or V2"));
  static final Option<CodecEngine> CODEC_ENGINE =
      add(Option.object("codecEngine", new JsonCodec()));
  static final Option<JsonMapper> JSON_MAPPER = add(Option.object("jsonMapper", null));
  static final Option<AuthEngine> AUTH_ENGINE = add(Option.object("authEngine", null));
  static final Option<TimeSource> TIME_SOURCE =
      add(Option.object("timeSource", TimeSource.system()));
  static final Option<ClientObserver> CLIENT_OBSERVER =
      add(Option.object("clientObserver", ClientObserver.NONE));
  static final Option<String> AUTH_TOKEN_NAME = add(Option.text("authTokenName"));
  static final Option<String> CHANNEL_PREFIX = add(Option.text("channelPrefix", ""));
  static final Option<Integer> MAX_PAYLOAD = positive("maxPayload", 16 * MEBIBYTE);
  static final Option<Optional<PerMessageDeflate>> PER_MESSAGE_DEFLATE = add(DeflateOption.off());
  static final Option<Integer> OUTBOUND_BUFFER_LIMIT =
      positive("outboundBufferLimit", 16 * MEBIBYTE);

  private DeclaredOptions() {}

  private static <T> Option<T> add(Option<T> option) {
    return ALL.add(option);
  }

  private static Option<Integer> positive(String name, int initial) {
    return add(within(Option.integer(name, initial), 1, Integer.MAX_VALUE));
  }

  private static Option<Integer> within(Option<Integer> option, int minimum, int maximum) {
    return option.allowing(
        value -> value >= minimum && value <= maximum, minimum + " to " + maximum);
  }

  private static Option<Duration> timeout(String name, long initialMillis) {
    return add(
        Option.duration(name, Duration.ofMillis(initialMillis))
            .allowing(
                value -> value.compareTo(SHORTEST) >= 0 && value.compareTo(LONGEST) <= 0,
                SHORTEST + " to " + LONGEST));
  }
}
