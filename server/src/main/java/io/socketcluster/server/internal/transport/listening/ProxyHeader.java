// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.listening;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.util.NetUtil;
import io.socketcluster.server.internal.http.TrustedProxies;
import io.socketcluster.server.internal.transport.RequestDescription;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Reads the header of the PROXY protocol, version 1 or 2, in which a load balancer tells whose
 * connection it carries. A trusted proxy has to send it before anything else, also before TLS; from
 * anybody else it is no header, and ends the connection as any other bytes that are no request.
 * Event loop only.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {
  /** A load balancer may add what it knows of TLS and of itself. */
  private static final int LONGEST_ADDITIONS = 4096;

  private ProxyHeader() {}

  /** Expects the header on a new connection, if it is one of a trusted proxy. */
  static void expect(Channel channel, TrustedProxies proxies) {
    if (channel.remoteAddress() instanceof InetSocketAddress peer
        && proxies.isTrusted(peer.getAddress())) {
      channel.pipeline().addLast(new HAProxyMessageDecoder(LONGEST_ADDITIONS), new ProxyHeader());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof HAProxyMessage header)) {
      ctx.fireChannelRead(message);
      return;
    }
    try {
      note(header, ctx.channel());
    } finally {
      header.release();
    }
    ctx.pipeline().remove(this);
  }

  /** A proxy that speaks for itself, to see whether the server is well, names nobody. */
  private static void note(HAProxyMessage header, Channel channel) {
    AddressFamily family = header.proxiedProtocol().addressFamily();
    boolean isOfClient =
        header.command() == HAProxyCommand.PROXY
            && (family == AddressFamily.AF_IPv4 || family == AddressFamily.AF_IPv6);
    if (isOfClient) {
      InetAddress client = NetUtil.createInetAddressFromIpAddressString(header.sourceAddress());
      channel
          .attr(RequestDescription.CARRIED_FOR)
          .set(new InetSocketAddress(client, header.sourcePort()));
    }
  }

  /** There is no way to answer: what follows may be TLS. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
