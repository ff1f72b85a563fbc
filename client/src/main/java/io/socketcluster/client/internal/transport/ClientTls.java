// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.transport;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** TLS in front of a connection; the name of the server is verified (RFC 2818). */
final class ClientTls {
  private static final boolean IS_CLIENT = true;
  private static final String VERIFY_NAME = "HTTPS";

  /** Whom the JVM trusts is read once, by the first who needs it. */
  private static final class Default {
    static final SslContext CONTEXT = trustingAsTheJvm();

    private static SslContext trustingAsTheJvm() {
      try {
        return SslContextBuilder.forClient().build();
      } catch (SSLException e) {
        throw new IllegalStateException("The JVM has no TLS", e);
      }
    }
  }

  private ClientTls() {}

  static SslHandler handler(SslContext context, Channel channel, Target target) {
    SslHandler handler =
        context.newHandler(
            channel.alloc(), target.hostname(), target.port(), Thread::startVirtualThread);
    SSLEngine engine = handler.engine();
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(VERIFY_NAME);
    engine.setSSLParameters(parameters);
    handler.setHandshakeTimeoutMillis(0); // the socket has a clock of its own
    return handler;
  }

  /** Returns how to encrypt; may read files. Any thread. */
  static SslContext context(Target target) {
    SSLContext given = target.ssl();
    return given == null
        ? Default.CONTEXT
        : new JdkSslContext(
            given,
            IS_CLIENT,
            null,
            IdentityCipherSuiteFilter.INSTANCE,
            null,
            ClientAuth.NONE,
            null,
            false);
  }
}
