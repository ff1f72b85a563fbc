// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shakes hands with a server's certificate in memory: a key that does not belong to it, or that the
 * machine does not allow, would show only when a client comes.
 */
final class TlsCheck {
  private static final Logger LOG = LoggerFactory.getLogger(TlsCheck.class);
  private static final int MOST_ROUNDS = 16;

  private TlsCheck() {}

  static void check(SslContext server) throws SSLException {
    SslContext client =
        SslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE).build();
    SslHandler serverSide = server.newHandler(UnpooledByteBufAllocator.DEFAULT);
    SslHandler clientSide = client.newHandler(UnpooledByteBufAllocator.DEFAULT);
    EmbeddedChannel serverEnd = new EmbeddedChannel(serverSide);
    EmbeddedChannel clientEnd = new EmbeddedChannel(clientSide);
    try {
      for (int i = 0; i < MOST_ROUNDS; i++) {
        move(clientEnd, serverEnd);
        move(serverEnd, clientEnd);
      }
      requireDone(serverSide);
      requireDone(clientSide);
    } catch (Exception e) { // Netty throws the cause as it is
      LOG.debug("The trial handshake failed", e);
      throw new SSLException("the key does not fit the certificate");
    } finally {
      end(serverEnd);
      end(clientEnd);
    }
  }

  private static void move(EmbeddedChannel from, EmbeddedChannel to) {
    @Nullable ByteBuf bytes = from.readOutbound();
    while (bytes != null) {
      to.writeInbound(bytes);
      bytes = from.readOutbound();
    }
  }

  private static void requireDone(SslHandler side) throws SSLException {
    if (!side.handshakeFuture().isSuccess()) {
      throw new SSLException("not done", side.handshakeFuture().cause());
    }
  }

  private static void end(EmbeddedChannel channel) {
    try {
      channel.finishAndReleaseAll();
    } catch (Exception failed) {
      // the failure that was reported already
    }
  }
}
