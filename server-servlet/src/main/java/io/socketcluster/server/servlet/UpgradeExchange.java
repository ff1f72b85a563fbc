// SPDX-License-Identifier: MIT
package io.socketcluster.server.servlet;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.netty.SocketClusterNetty;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Collections;
import java.util.function.Consumer;

/**
 * A request for an upgrade that the server decides as it decides those on its own port: the request
 * goes through a pipeline with the server's handler, and the answer comes out of it.
 */
final class UpgradeExchange {
  private final ContainerChannel channel;
  private volatile UpgradeAnswer answer = UpgradeAnswer.unavailable();

  private UpgradeExchange(ContainerChannel channel) {
    this.channel = channel;
  }

  /**
   * Asks the server.
   *
   * @param decided is called once, on any thread, when the answer is there
   */
  static UpgradeExchange ask(
      AGServer server, EventLoopGroup loops, HttpServletRequest request, Runnable decided) {
    ContainerChannel channel =
        new ContainerChannel(
            PeerAddress.of(request.getLocalAddr(), request.getLocalPort()),
            PeerAddress.of(request.getRemoteAddr(), request.getRemotePort()));
    UpgradeExchange exchange = new UpgradeExchange(channel);
    Principal principal = request.getUserPrincipal();
    channel.attr(SocketClusterNetty.PRINCIPAL).set(principal);
    HttpRequest asked = describe(request);
    loops
        .register(channel)
        .addListener(
            registered ->
                ask(
                    server,
                    channel,
                    asked,
                    given -> {
                      exchange.answer = given;
                      decided.run();
                    }));
    return exchange;
  }

  private static void ask(
      AGServer server, Channel channel, HttpRequest request, Consumer<UpgradeAnswer> answered) {
    channel.pipeline().addLast(new AnswerCatcher(answered)).addLast(new HttpResponseEncoder());
    SocketClusterNetty.attach(server, channel.pipeline());
    channel.pipeline().addLast(new NotServed());
    channel.pipeline().fireChannelRead(request);
    channel.pipeline().fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    channel.pipeline().fireChannelReadComplete();
  }

  /**
   * The path is that below the context, which the server knows nothing of. The container has
   * decoded it: a question mark in it begins no query.
   */
  private static HttpRequest describe(HttpServletRequest request) {
    String info = request.getPathInfo();
    String query = request.getQueryString();
    String path = request.getServletPath() + (info == null ? "" : info);
    String uri = path.replace("?", "%3F") + (query == null ? "" : "?" + query);
    HttpRequest described = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri);
    for (String name : Collections.list(request.getHeaderNames())) {
      described.headers().add(name, Collections.list(request.getHeaders(name)));
    }
    return described;
  }

  UpgradeAnswer answer() {
    return answer;
  }

  ContainerChannel channel() {
    return channel;
  }

  /** The container has given up. */
  void abandon() {
    channel.onClosed();
  }
}
