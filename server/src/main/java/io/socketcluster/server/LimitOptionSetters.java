// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.core.options.OptionValues;
import io.socketcluster.server.internal.options.DeclaredOptions;
import java.time.Duration;

/** The setters of {@link AGServerOptions.Builder} for limits of sizes, numbers and rates. */
abstract sealed class LimitOptionSetters extends AuthOptionSetters permits ServerOptionSetters {
  LimitOptionSetters(OptionValues values) {
    super(values);
  }

  /** Sets the largest number of channels per socket, at least 1. Default: 1000. */
  public AGServerOptions.Builder socketChannelLimit(int socketChannelLimit) {
    return set(DeclaredOptions.SOCKET_CHANNEL_LIMIT, socketChannelLimit);
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
}
