// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.DataMapper;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server can be told when it is made. Immutable; {@link #builder} gives the defaults that
 * SocketCluster documents for {@code AGServer}, safe ones where it has none.
 */
public final class AGServerOptions {
  private final OptionValues values;

  AGServerOptions(OptionValues values) {
    this.values = values;
  }

  /** Returns the defaults; without an {@code authKey} each server makes a random one. */
  public static AGServerOptions defaults() {
    return builder().build();
  }

  /** Returns a builder that holds the defaults. */
  public static AGServerOptionsBuilder builder() {
    return new AGServerOptionsBuilder(new OptionValues());
  }

  /** Returns a builder that holds these options. */
  public AGServerOptionsBuilder toBuilder() {
    return new AGServerOptionsBuilder(values.copy());
  }

  /** Returns the key that signs and verifies tokens, or null for a random one: a secret. */
  public @Nullable String authKey() {
    return values.authKey;
  }

  /** Returns how long a token is valid unless it says so itself. */
  public Duration authDefaultExpiry() {
    return values.authDefaultExpiry;
  }

  /** Returns the private key that signs tokens, in PEM form, or null: a secret. */
  public @Nullable String authPrivateKey() {
    return values.authPrivateKey == null ? null : values.authPrivateKey.text();
  }

  /** Returns the public key that verifies tokens, in PEM form, or null. */
  public @Nullable String authPublicKey() {
    return values.authPublicKey == null ? null : values.authPublicKey.text();
  }

  /**
   * Returns the algorithm that signs tokens, or null when {@code authEngine} has it: what was set,
   * else what is usual for the key; HS256 without one.
   */
  public @Nullable String authAlgorithm() {
    if (values.authEngine != null) {
      return null;
    }
    AuthKey key = values.checkedKey;
    return key == null
        ? Objects.requireNonNullElse(values.authAlgorithm, "HS256")
        : key.algorithm();
  }

  /** Returns the algorithms of the tokens that are accepted; empty when {@code authEngine} is. */
  public List<String> authVerifyAlgorithms() {
    String signing = authAlgorithm();
    return signing == null
        ? List.of()
        : Objects.requireNonNullElse(values.authVerifyAlgorithms, List.of(signing));
  }

  /** Returns what signs and verifies tokens, or null when that is made of the keys. */
  public @Nullable AGAuthEngine authEngine() {
    return values.authEngine;
  }

  /** Returns the key that was given, or a new one. */
  AuthKey authKeyOrRandom() {
    AuthKey key = values.checkedKey;
    return key == null ? new AuthOptions(values).random() : key;
  }

  /** Returns what becomes of the subscriptions that an expired token was needed for. */
  public ExpiredTokenSubscriptions expiredTokenSubscriptions() {
    return values.expiredTokenSubscriptions;
  }

  /** Returns the address to listen on, or null for all. */
  public @Nullable String host() {
    return values.host;
  }

  /** Returns the path of the first endpoint. */
  public String path() {
    return values.path;
  }

  /** Returns the protocol version of the first endpoint. */
  public ProtocolVersion protocolVersion() {
    return values.protocolVersion;
  }

  /** Returns the codec of the first endpoint. */
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

  /** Returns all endpoints; the first is described by the options of its own. */
  public List<AGEndpoint> endpoints() {
    return values.endpoints();
  }

  /** Returns the origins that may connect, as {@code host:port} with {@code *} for any. */
  public List<String> origins() {
    return values.origins;
  }

  /** Returns the proxies that are believed about the address of a client. */
  public List<String> trustedProxies() {
    return values.trustedProxies;
  }

  /** Returns how long a connection may take until its handshake is complete. */
  public Duration handshakeTimeout() {
    return values.handshakeTimeout;
  }

  /** Returns how long an answer to an invoke is waited for. */
  public Duration ackTimeout() {
    return values.ackTimeout;
  }

  /** Returns how often a socket is pinged. */
  public Duration pingInterval() {
    return values.pingInterval;
  }

  /** Returns how long a socket may be silent before it is closed with 4001. */
  public Duration pingTimeout() {
    return values.pingTimeout;
  }

  /** Returns whether sockets are neither pinged nor closed for their silence. */
  public boolean pingTimeoutDisabled() {
    return values.pingTimeoutDisabled;
  }

  /** Returns whether whatever comes before the handshake closes a connection with 4009. */
  public boolean strictHandshake() {
    return values.strictHandshake;
  }

  /** Returns whether what a socket is sent after its handshake is sent in batches. */
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

  /** Returns how many channels a socket can subscribe to. */
  public int socketChannelLimit() {
    return values.socketChannelLimit;
  }

  /** Returns whether clients can publish. */
  public boolean allowClientPublish() {
    return values.allowClientPublish;
  }

  /** Returns whether what a middleware blocks shows as an {@code error} of the socket. */
  public boolean middlewareEmitFailures() {
    return values.middlewareEmitFailures;
  }

  /** Returns how long a middleware may take to decide; zero for as long as it likes. */
  public Duration middlewareTimeout() {
    return values.middlewareTimeout;
  }

  /** Returns what happens to the streams of a socket that has closed. */
  public SocketStreamCleanupMode socketStreamCleanupMode() {
    return values.socketStreamCleanupMode;
  }

  /** Returns what makes the requests of procedures, or null for the usual. */
  public @Nullable RequestCreator requestCreator() {
    return values.requestCreator;
  }

  /** Returns the largest message in bytes that a client may send. */
  public int maxPayload() {
    return values.maxPayload;
  }

  /** Returns how messages are compressed for clients that ask for it, or null if they are not. */
  public @Nullable PerMessageDeflate perMessageDeflate() {
    return values.perMessageDeflate;
  }

  /** Returns how many bytes of a socket's messages may wait for a middleware or the broker. */
  public int inboundBufferLimit() {
    return values.inboundBufferLimit;
  }

  /** Returns how many bytes may wait for a socket to read them. */
  public int outboundBufferLimit() {
    return values.outboundBufferLimit;
  }

  /** Returns how many bytes of memory may be kept for one socket. */
  public int socketMemoryLimit() {
    return values.socketMemoryLimit();
  }

  /** Returns how many bytes of memory may be kept for all sockets of the server together. */
  public long memoryLimit() {
    return values.memoryLimit;
  }

  /** Returns what happens when more bytes wait than that. */
  public SlowConsumerPolicy slowConsumerPolicy() {
    return values.slowConsumerPolicy;
  }

  /** Returns how many connections may shake hands at the same time. */
  public int handshakeConcurrency() {
    return values.handshakeConcurrency;
  }

  /** Returns how many connections may wait until they may shake hands. */
  public int handshakeQueueLimit() {
    return values.handshakeQueueLimit;
  }

  /** Returns how often an address may shake hands, or null for any number of times. */
  public @Nullable RateLimit addressHandshakeRate() {
    return values.addressHandshakeRate;
  }

  /** Returns how many messages a socket may send. */
  public RateLimit socketMessageRate() {
    return values.socketMessageRate;
  }

  /** Returns how many messages the sockets of an address may send, or null for any number. */
  public @Nullable RateLimit addressMessageRate() {
    return values.addressMessageRate;
  }

  /** Returns how often a socket may subscribe, or null for any number of times. */
  public @Nullable RateLimit socketSubscribeRate() {
    return values.socketSubscribeRate;
  }

  /** Returns how often the sockets of an address may subscribe, or null for any number of times. */
  public @Nullable RateLimit addressSubscribeRate() {
    return values.addressSubscribeRate;
  }

  /** Returns who learns what the server does to stay within its limits. */
  public LoadObserver loadObserver() {
    return values.loadObserver;
  }

  /** Returns how long a closing server is not ready and serves on, before it begins to drain. */
  public Duration closeDelay() {
    return values.closeDelay;
  }

  /** Returns how long the sockets of a closing server have to leave before they are cut off. */
  public Duration closeTimeout() {
    return values.closeTimeout;
  }

  /** Returns how many sockets a closing server sends away in a second. */
  public int closeRate() {
    return values.closeRate;
  }

  /** Returns whether other servers may listen on the same port at the same time. */
  public boolean reusePort() {
    return values.reusePort;
  }

  /** Returns the certificate of a listening server, or null when it does not encrypt. */
  public @Nullable TlsOptions tls() {
    return values.tls;
  }

  /** Returns how a listening server talks to the operating system. */
  public Transport transport() {
    return values.transport;
  }

  /** Returns how many event loops a listening server uses. */
  public int eventLoops() {
    return values.eventLoops;
  }

  /** Returns the broker, or null for the embedded one. */
  public @Nullable AGBrokerEngine brokerEngine() {
    return values.brokerEngine;
  }

  /** Returns what answers plain HTTP requests of a listening server. */
  public HttpHandler httpHandler() {
    return values.httpHandler;
  }
}
