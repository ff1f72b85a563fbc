// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.ProxyOptions;
import io.socketcluster.client.internal.transport.SharedCompressors;
import io.socketcluster.client.internal.transport.Target;
import io.socketcluster.core.PerMessageDeflate;
import io.socketcluster.websocket.Deflation;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What the options say of where to connect. Stateless. */
public final class Targets {
  private Targets() {}

  public static Target of(AGClientOptions options) {
    ProxyOptions proxy = options.proxy();
    return new Target(
        uri(options),
        options.hostname(),
        options.port(),
        options.headers(),
        options.sslContext(),
        proxy == null ? null : () -> handler(proxy),
        options.maxPayload(),
        deflation(options.perMessageDeflate()));
  }

  private static @Nullable Deflation deflation(@Nullable PerMessageDeflate settings) {
    return settings == null ? null : SharedCompressors.of(settings.threshold(), settings.level());
  }

  public static URI uri(AGClientOptions options) {
    String scheme = options.secure() ? "wss" : "ws";
    int usualPort = options.secure() ? 443 : 80;
    String name = options.hostname();
    String host = name.contains(":") ? "[" + name + "]" : name;
    String port = options.port() == usualPort ? "" : ":" + options.port();
    return URI.create(scheme + "://" + host + port + options.path() + query(options));
  }

  private static String query(AGClientOptions options) {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    options
        .query()
        .forEach((name, values) -> values.forEach(value -> query.add(parameter(name, value))));
    if (options.timestampRequests()) {
      query.add(parameter(options.timestampParam(), String.valueOf(options.timeSource().millis())));
    }
    return query.toString();
  }

  private static String parameter(String name, String value) {
    return URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8);
  }

  private static ProxyHandler handler(ProxyOptions proxy) throws UnknownHostException {
    InetSocketAddress address = new InetSocketAddress(proxy.hostname(), proxy.port());
    if (address.isUnresolved()) {
      throw new UnknownHostException(proxy.hostname());
    }
    @Nullable String username = proxy.username();
    @Nullable String password = proxy.password();
    ProxyHandler handler =
        switch (proxy.type()) {
          case HTTP ->
              username == null || password == null
                  ? new HttpProxyHandler(address)
                  : new HttpProxyHandler(address, username, password);
          case SOCKS5 -> new Socks5ProxyHandler(address, username, password);
        };
    handler.setConnectTimeoutMillis(0); // the socket has a clock of its own
    return handler;
  }
}
