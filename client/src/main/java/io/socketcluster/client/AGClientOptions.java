// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.DataMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a socket can be told when it is made. Immutable; {@link #builder} gives the defaults that
 * SocketCluster documents for {@code socketClusterClient.create}, safe ones where it has none.
 */
public final class AGClientOptions {
  private final ClientOptionValues values;

  AGClientOptions(ClientOptionValues values) {
    this.values = values;
  }

  /** Returns the defaults. */
  public static AGClientOptions defaults() {
    return builder().build();
  }

  /** Returns a builder that holds the defaults. */
  public static AGClientOptionsBuilder builder() {
    return new AGClientOptionsBuilder(new ClientOptionValues());
  }

  /** Returns a builder that holds these options. */
  public AGClientOptionsBuilder toBuilder() {
    return new AGClientOptionsBuilder(values.copy());
  }

  /** Returns where the server is. */
  public String hostname() {
    return values.hostname;
  }

  /** Returns the port: what was set, else 443 for TLS and 80 without. */
  public int port() {
    return values.port != null ? values.port : values.secure ? 443 : 80;
  }

  /** Returns whether the connection is encrypted. */
  public boolean secure() {
    return values.secure;
  }

  /** Returns the path of the server's endpoint. */
  public String path() {
    return values.path;
  }

  /** Returns what the query of the request has, in order. */
  public Map<String, List<String>> query() {
    return values.query;
  }

  /** Returns the header fields that are sent besides those of the upgrade, in order. */
  public Map<String, List<String>> headers() {
    return values.headers;
  }

  /** Returns whether a socket connects as soon as it is made. */
  public boolean autoConnect() {
    return values.autoConnect;
  }

  /** Returns whether a socket connects again when it has lost its connection. */
  public boolean autoReconnect() {
    return values.autoReconnect;
  }

  /** Returns when it does that. */
  public AutoReconnectOptions autoReconnectOptions() {
    return values.autoReconnectOptions;
  }

  /** Returns whether pending channels are subscribed as soon as there is a connection. */
  public boolean autoSubscribeOnConnect() {
    return values.autoSubscribeOnConnect;
  }

  /** Returns how long it may take until there is a connection, before its handshake. */
  public Duration connectTimeout() {
    return values.connectTimeout;
  }

  /** Returns how long an answer is waited for, the handshake's too. */
  public Duration ackTimeout() {
    return values.ackTimeout;
  }

  /** Returns whether a connection is kept however long the server is silent. */
  public boolean pingTimeoutDisabled() {
    return values.pingTimeoutDisabled;
  }

  /** Returns whether the query of each request has the time, so that no cache answers it. */
  public boolean timestampRequests() {
    return values.timestampRequests;
  }

  /** Returns under which name. */
  public String timestampParam() {
    return values.timestampParam;
  }

  /** Returns whether what is sent after the handshake is sent in batches. */
  public boolean batchOnHandshake() {
    return values.batchOnHandshake;
  }

  /** Returns for how long after the handshake. */
  public Duration batchOnHandshakeDuration() {
    return values.batchOnHandshakeDuration;
  }

  /** Returns how long a batch may wait until it is sent. */
  public Duration batchInterval() {
    return values.batchInterval;
  }

  /** Returns the version of the protocol: 1 or 2. */
  public int protocolVersion() {
    return values.protocolVersion;
  }

  /** Returns what turns messages into packets and back. */
  public CodecEngine codecEngine() {
    return values.codecEngine;
  }

  /** Returns the mapper that was given, or null. */
  public @Nullable JsonMapper jsonMapper() {
    return values.jsonMapper;
  }

  /** Returns what turns data into Java values and back: as {@code jsonMapper} says. */
  public DataMapper dataMapper() {
    return values.dataMapper;
  }

  /** Returns what keeps the token, or null for one that each socket makes for itself. */
  public @Nullable AuthEngine authEngine() {
    return values.authEngine;
  }

  /** Returns what the token is kept under: what was set, else a name made of host and port. */
  public String authTokenName() {
    return values.authTokenName != null
        ? values.authTokenName
        : "socketcluster.authToken." + values.hostname + ":" + port();
  }

  /** Returns what the names of channels begin with on the server, but not here; empty: nothing. */
  public String channelPrefix() {
    return values.channelPrefix;
  }

  /** Returns whom a secure connection trusts, or null for what the JVM does. */
  public @Nullable SSLContext sslContext() {
    return values.sslContext;
  }

  /** Returns the proxy to connect through, or null. */
  public @Nullable ProxyOptions proxy() {
    return values.proxy;
  }

  /** Returns the largest message in bytes that the server may send. */
  public int maxPayload() {
    return values.maxPayload;
  }

  /** Returns how many bytes may wait to be sent. */
  public int outboundBufferLimit() {
    return values.outboundBufferLimit;
  }

  @Override
  public String toString() {
    return "AGClientOptions["
        + (secure() ? "wss" : "ws")
        + "://"
        + hostname()
        + ":"
        + port()
        + path()
        + "]";
  }
}
