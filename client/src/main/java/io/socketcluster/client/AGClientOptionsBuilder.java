// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.client.internal.transport.TrustedCertificates;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Builds {@link AGClientOptions}. Not thread-safe. A bad value is refused by {@link #build}, with
 * its name and what is allowed.
 */
public final class AGClientOptionsBuilder {
  private final ClientOptionValues values;

  AGClientOptionsBuilder(ClientOptionValues values) {
    this.values = values;
  }

  /**
   * Sets {@code secure}, {@code hostname}, {@code port}, {@code path} and {@code query} from an
   * address like {@code wss://example.com/socketcluster/?room=1}; what it does not have is set to
   * its default.
   *
   * @throws InvalidOptionsError when it is no {@code ws}, {@code wss}, {@code http} or {@code
   *     https} address of a server
   */
  public AGClientOptionsBuilder uri(String uri) {
    URI parsed = ServerAddress.parse(uri);
    ServerAddress.apply(parsed, values);
    return this;
  }

  /** Where the server is: a name or an address. Default: {@code localhost}. */
  public AGClientOptionsBuilder hostname(String value) {
    values.hostname = value;
    return this;
  }

  /** The port. Default: 443 if {@code secure}, else 80. */
  public AGClientOptionsBuilder port(int value) {
    values.port = value;
    return this;
  }

  /** Whether the connection is encrypted. Default: false. */
  public AGClientOptionsBuilder secure(boolean value) {
    values.secure = value;
    return this;
  }

  /** The path of the server's endpoint. Default: {@code /socketcluster/}. */
  public AGClientOptionsBuilder path(String value) {
    values.path = value;
    return this;
  }

  /** One more parameter of the query, which the server can see. Default: none. */
  public AGClientOptionsBuilder query(String name, String value) {
    values.query = with(values.query, name, value);
    return this;
  }

  /** One more header field of the request. Default: none. */
  public AGClientOptionsBuilder header(String name, String value) {
    values.headers = with(values.headers, name, value);
    return this;
  }

  /** Whether a socket connects as soon as it is made. Default: true. */
  public AGClientOptionsBuilder autoConnect(boolean value) {
    values.autoConnect = value;
    return this;
  }

  /** Whether a socket connects again when it has lost its connection. Default: true. */
  public AGClientOptionsBuilder autoReconnect(boolean value) {
    values.autoReconnect = value;
    return this;
  }

  /** When it does that. Default: {@link AutoReconnectOptions#DEFAULT}. */
  public AGClientOptionsBuilder autoReconnectOptions(AutoReconnectOptions value) {
    values.autoReconnectOptions = value;
    return this;
  }

  /**
   * Whether pending channels are subscribed as soon as there is a connection; else {@code
   * processPendingSubscriptions} does it. Default: true.
   */
  public AGClientOptionsBuilder autoSubscribeOnConnect(boolean value) {
    values.autoSubscribeOnConnect = value;
    return this;
  }

  /**
   * How long it may take until there is a connection, its TLS and its upgrade with it; then the
   * socket closes with 4007. Default: 20 seconds.
   */
  public AGClientOptionsBuilder connectTimeout(Duration value) {
    values.connectTimeout = value;
    return this;
  }

  /** How long an answer is waited for, and how long what is sent may wait. Default: 10 seconds. */
  public AGClientOptionsBuilder ackTimeout(Duration value) {
    values.ackTimeout = value;
    return this;
  }

  /** Whether a connection is kept however long the server is silent. Default: false. */
  public AGClientOptionsBuilder pingTimeoutDisabled(boolean value) {
    values.pingTimeoutDisabled = value;
    return this;
  }

  /** Whether the query of each request has the time in milliseconds. Default: false. */
  public AGClientOptionsBuilder timestampRequests(boolean value) {
    values.timestampRequests = value;
    return this;
  }

  /** The name of that parameter. Default: {@code t}. */
  public AGClientOptionsBuilder timestampParam(String value) {
    values.timestampParam = value;
    return this;
  }

  /** Whether what is sent after the handshake is sent in batches. Default: false. */
  public AGClientOptionsBuilder batchOnHandshake(boolean value) {
    values.batchOnHandshake = value;
    return this;
  }

  /** For how long after the handshake. Default: 100 milliseconds. */
  public AGClientOptionsBuilder batchOnHandshakeDuration(Duration value) {
    values.batchOnHandshakeDuration = value;
    return this;
  }

  /** How long a batch may wait until it is sent. Default: 50 milliseconds. */
  public AGClientOptionsBuilder batchInterval(Duration value) {
    values.batchInterval = value;
    return this;
  }

  /** The version of the protocol, 1 for servers before SocketCluster 15. Default: 2. */
  public AGClientOptionsBuilder protocolVersion(int value) {
    values.protocolVersion = value;
    return this;
  }

  /** What turns messages into packets and back, as the server does. Default: JSON. */
  public AGClientOptionsBuilder codecEngine(CodecEngine value) {
    values.codecEngine = value;
    return this;
  }

  /**
   * The Jackson mapper that data is bound to types with, and written with, whatever the codec: its
   * modules, naming strategy, mix-ins and features. {@link DataMapper} says what it does not
   * change. Default, and null: Jackson's own settings.
   */
  public AGClientOptionsBuilder jsonMapper(@Nullable JsonMapper value) {
    values.jsonMapper = value;
    values.dataMapper = value == null ? DataMapper.STANDARD : DataMapper.of(value);
    return this;
  }

  /** What keeps the token. Default: a {@link MemoryAuthEngine} for each socket. */
  public AGClientOptionsBuilder authEngine(@Nullable AuthEngine value) {
    values.authEngine = value;
    return this;
  }

  /**
   * What the token is kept under. Default: {@code socketcluster.authToken.} with hostname and port.
   */
  public AGClientOptionsBuilder authTokenName(@Nullable String value) {
    values.authTokenName = value;
    return this;
  }

  /** What the names of channels begin with on the server, but not here. Default: nothing. */
  public AGClientOptionsBuilder channelPrefix(String value) {
    values.channelPrefix = value;
    return this;
  }

  /**
   * Whom a secure connection trusts, and the client's own certificate if it has one. Names are
   * verified in any case. Default: what the JVM trusts.
   */
  public AGClientOptionsBuilder sslContext(@Nullable SSLContext value) {
    values.sslContext = value;
    return this;
  }

  /**
   * Trusts these certificates, and those for which they vouch, and no others.
   *
   * @param pem certificates in PEM form, read now
   * @throws InvalidOptionsError when there is none in the text
   */
  public AGClientOptionsBuilder trustedCertificates(String pem) {
    return sslContext(TrustedCertificates.of(pem));
  }

  /**
   * Trusts the certificates in this file, and those for which they vouch, and no others.
   *
   * @param pem certificates in PEM form, read now
   * @throws InvalidOptionsError when there is none in the file or it cannot be read
   */
  public AGClientOptionsBuilder trustedCertificates(Path pem) {
    return sslContext(TrustedCertificates.of(pem));
  }

  /** The proxy to connect through. Default: none. */
  public AGClientOptionsBuilder proxy(@Nullable ProxyOptions value) {
    values.proxy = value;
    return this;
  }

  /** The largest message of the server in bytes; a larger one closes with 1009. Default: 16 MiB. */
  public AGClientOptionsBuilder maxPayload(int value) {
    values.maxPayload = value;
    return this;
  }

  /**
   * How many bytes may wait to be sent; more are refused with a {@code ResourceLimitError}, but for
   * one message that is larger while nothing waits. Default: 16 MiB.
   */
  public AGClientOptionsBuilder outboundBufferLimit(int value) {
    values.outboundBufferLimit = value;
    return this;
  }

  /**
   * Builds the options; the builder can go on.
   *
   * @throws InvalidOptionsError when a value is not allowed
   */
  public AGClientOptions build() {
    values.check();
    return new AGClientOptions(values.copy());
  }

  private static Map<String, List<String>> with(
      Map<String, List<String>> fields, String name, String value) {
    Map<String, List<String>> more = new LinkedHashMap<>(fields);
    List<String> all = new ArrayList<>(fields.getOrDefault(name, List.of()));
    all.add(value);
    more.put(name, List.copyOf(all));
    return Collections.unmodifiableMap(more);
  }
}
