// SPDX-License-Identifier: MIT
package io.socketcluster.server.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.netty.SocketClusterNetty;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Serves a {@link AGServer} on the port of Tomcat 11 or Jetty 12.1. Create the server with {@code
 * SocketCluster.create}, and map the servlet to the server's path with everything below it, {@code
 * /socketcluster/*}, with support for asynchronous requests.
 *
 * <p>The container accepts the connection, terminates TLS, and runs its filters for the request.
 * From the upgrade on, the server's own WebSocket works on the bytes of the connection: frames,
 * compression, limits, policies for slow consumers, timers and close codes are those of the
 * server's own port. A refused upgrade gets the same answer as there. The options {@code host},
 * {@code tls}, {@code transport}, {@code maxHeaderSize} and those of plain requests have no effect.
 *
 * <p>The servlet does not close the server. Close it before the container stops: {@link
 * AGServer#close} sends the close frames, which a container does not.
 *
 * <p>Implements the upgrade of RFC 6455, section 4.2, by means of Jakarta Servlet 6.1.
 */
public final class SocketClusterServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String EXCHANGE = SocketClusterServlet.class.getName() + ".exchange";
  private static final int PATIENCE_SECONDS = 5;
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final transient AGServer server;
  private transient @Nullable EventLoopGroup loops;
  private transient @Nullable ContainerUpgrade container;

  /**
   * Creates the servlet. Nothing starts before the container calls {@link #init}.
   *
   * @throws InvalidArgumentsError if the server was not created by this library
   */
  public SocketClusterServlet(AGServer server) {
    this.server = server;
  }

  /**
   * Starts the event loops, as many as the option {@code eventLoops} says.
   *
   * @throws UnavailableException if the container is neither Tomcat nor Jetty
   */
  @Override
  public void init() throws ServletException {
    container = upgradeOf(getServletContext().getServerInfo());
    SocketClusterNetty.handler(server); // from now on the server serves
    loops =
        new MultiThreadIoEventLoopGroup(
            server.options().eventLoops(),
            new DefaultThreadFactory("socketcluster-servlet", true),
            NioIoHandler.newFactory());
  }

  private static ContainerUpgrade upgradeOf(String serverInfo) throws UnavailableException {
    String name = serverInfo.toLowerCase(Locale.ROOT);
    if (name.startsWith("apache tomcat")) {
      return TomcatStream::upgrade;
    }
    if (name.startsWith("jetty")) {
      return JettyStream::upgrade;
    }
    throw new UnavailableException(
        "SocketClusterServlet runs on Tomcat and on Jetty; this container is " + serverInfo);
  }

  /**
   * Ends the event loops, and connections that the server has not closed by then. Blocks until they
   * have ended, for at most five seconds.
   */
  @Override
  public void destroy() {
    EventLoopGroup ending = loops;
    if (ending != null) {
      ending
          .shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS)
          .awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (request.getAttribute(EXCHANGE) instanceof UpgradeExchange exchange) {
      finish(exchange, request, response);
    } else if (asksForUpgrade(request)) {
      ask(request);
    } else {
      response.setHeader("Upgrade", "websocket");
      response.setHeader("Connection", "Upgrade");
      response.sendError(426, "This is the path of a WebSocket");
    }
  }

  private static boolean asksForUpgrade(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
  }

  /** The decision may wait for a middleware or a queue; no thread does. */
  private void ask(HttpServletRequest request) {
    EventLoopGroup group = loops;
    if (group == null) {
      throw new IllegalStateException("The servlet was not initialized");
    }
    AsyncContext later = request.startAsync();
    Duration longest = server.options().handshakeTimeout().plus(MARGIN);
    later.setTimeout(longest.toMillis());
    AtomicBoolean isOver = new AtomicBoolean();
    UpgradeExchange exchange =
        UpgradeExchange.ask(
            server,
            group,
            request,
            () -> {
              if (isOver.compareAndSet(false, true)) {
                later.dispatch();
              }
            });
    request.setAttribute(EXCHANGE, exchange);
    later.addListener(new GivenUp(exchange, isOver));
  }

  private void finish(
      UpgradeExchange exchange, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    ContainerUpgrade upgrade = container;
    UpgradeAnswer answer = exchange.answer();
    response.setStatus(answer.status());
    for (Map.Entry<String, String> header : answer.headers()) {
      response.addHeader(header.getKey(), header.getValue());
    }
    if (answer.isUpgrade() && upgrade != null) {
      upgrade.upgrade(request, response, exchange.channel());
    } else {
      response.getOutputStream().write(answer.body().getBytes(UTF_8));
    }
  }
}
