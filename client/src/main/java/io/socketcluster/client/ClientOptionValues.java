// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static io.socketcluster.client.ClientOptionChecks.refused;
import static io.socketcluster.client.ClientOptionChecks.within;

import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.JsonCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a builder has been told so far, beginning with the defaults; every value is immutable. */
final class ClientOptionValues implements Cloneable {
  private static final CodecEngine JSON = new JsonCodec();
  private static final int MEBIBYTE = 1 << 20;
  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** JavaScript counts milliseconds in 31 bits: not 25 days. */
  private static final Duration LONGEST = Duration.ofDays(24);

  String hostname = "localhost";
  @Nullable Integer port; // null: what is usual
  boolean secure;
  String path = "/socketcluster/";
  Map<String, List<String>> query = Map.of();
  Map<String, List<String>> headers = Map.of();
  boolean autoConnect = true;
  boolean autoReconnect = true;
  AutoReconnectOptions autoReconnectOptions = AutoReconnectOptions.DEFAULT;
  boolean autoSubscribeOnConnect = true;
  Duration connectTimeout = Duration.ofSeconds(20);
  Duration ackTimeout = Duration.ofSeconds(10);
  boolean pingTimeoutDisabled;
  boolean timestampRequests;
  String timestampParam = "t";
  boolean batchOnHandshake;
  Duration batchOnHandshakeDuration = Duration.ofMillis(100);
  Duration batchInterval = Duration.ofMillis(50);
  int protocolVersion = 2;
  CodecEngine codecEngine = JSON;
  @Nullable JsonMapper jsonMapper; // null: Jackson's own settings
  DataMapper dataMapper = DataMapper.STANDARD; // as that says
  @Nullable AuthEngine authEngine;
  @Nullable String authTokenName;
  String channelPrefix = "";
  @Nullable SSLContext sslContext;
  @Nullable ProxyOptions proxy;
  int maxPayload = 16 * MEBIBYTE;
  int outboundBufferLimit = 16 * MEBIBYTE;

  ClientOptionValues copy() {
    try {
      return (ClientOptionValues) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  void check() {
    ClientOptionChecks.hostname("hostname", hostname);
    if (port != null) {
      within("port", port, 1, 65_535);
    }
    ClientOptionChecks.path("path", path);
    ClientOptionChecks.headers("headers", headers);
    ClientOptionChecks.reconnecting("autoReconnectOptions", autoReconnectOptions);
    within("connectTimeout", connectTimeout, SHORTEST, LONGEST);
    within("ackTimeout", ackTimeout, SHORTEST, LONGEST);
    ClientOptionChecks.notEmpty("timestampParam", timestampParam);
    within("batchOnHandshakeDuration", batchOnHandshakeDuration, SHORTEST, LONGEST);
    within("batchInterval", batchInterval, SHORTEST, LONGEST);
    within("protocolVersion", protocolVersion, 1, 2);
    within("maxPayload", maxPayload, 1, Integer.MAX_VALUE);
    within("outboundBufferLimit", outboundBufferLimit, 1, Integer.MAX_VALUE);
    if (sslContext != null && !secure) {
      throw refused("sslContext", "set", "only with secure");
    }
    ClientOptionChecks.proxy("proxy", proxy);
  }
}
