// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.socketcluster.codec.minbin.MinBinCodec;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.RateLimit;
import io.socketcluster.server.ServerEvent;
import io.socketcluster.server.SlowConsumerPolicy;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.TlsOptions;
import io.socketcluster.server.TlsOptions.Pem;
import io.socketcluster.server.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A server with the procedure {@code echo}: what {@code bin/bench-server} starts and the load
 * generator measures. With {@code --tree} it also has {@code tree}, which reads its data.
 */
public final class BenchServer {
  private static final String USAGE =
      """
      usage: bench-server [--port PORT] [--middleware absent|allowing|deciding|allowing-non-blocking|deciding-non-blocking]
                          [--event-loops COUNT] [--transport auto|io_uring|epoll|nio]
                          [--slow-consumer-policy disconnect|drop_oldest|drop_newest]
                          [--socket-message-rate A_SECOND] [--tell-closed no|yes]
                          [--per-message-deflate no|yes] [--tree no|yes]
                          [--codec json|min-bin] [--tls no|yes]
      """;

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("port", "8000"),
          Map.entry("middleware", "absent"),
          Map.entry("event-loops", "0"),
          Map.entry("transport", "auto"),
          Map.entry("slow-consumer-policy", "disconnect"),
          Map.entry("socket-message-rate", "0"),
          Map.entry("tell-closed", "no"),
          Map.entry("per-message-deflate", "no"),
          Map.entry("tree", "no"),
          Map.entry("codec", "json"),
          Map.entry("tls", "no"));

  private static final int MESSAGE_RATE_MAX = 1_000_000;
  private static final int PORT_MAX = 65535;
  private static final int EVENT_LOOPS_MAX = 1024;

  /** Clients that vanish have codes up to here; those above are this protocol's own. */
  private static final int LARGEST_CODE_OF_WEBSOCKET = 3999;

  private BenchServer() {}

  /**
   * Starts the server.
   *
   * @param args {@code --port}, 8000 by default and any that is free for 0; {@code --middleware};
   *     {@code --event-loops}, by default one for each core; {@code --transport}; {@code
   *     --slow-consumer-policy}; {@code --socket-message-rate}, 0 for none; {@code --tell-closed},
   *     whether the close code of each socket that the server closes is printed; {@code
   *     --per-message-deflate}; {@code --tree}, whether each socket has the second procedure;
   *     {@code --codec}; {@code --tls}, with a certificate that is made for this run
   */
  public static void main(String[] args) {
    try {
      AGServer server = start(args);
      System.out.println("SocketCluster bench server: port " + server.port());
    } catch (IllegalArgumentException e) {
      System.err.println("bench-server: " + e.getMessage());
      System.err.print(USAGE);
      System.exit(2);
    } catch (RuntimeException e) {
      if (!(e.getCause() instanceof IOException refusal)) {
        throw e;
      }
      String port = Arguments.parse(args, DEFAULTS).text("port");
      System.err.println(
          "bench-server: cannot listen on port " + port + ": " + refusal.getMessage());
      System.exit(1);
    }
  }

  static AGServer start(String... args) {
    Arguments arguments = Arguments.parse(args, DEFAULTS);
    int port = arguments.number("port", 0, PORT_MAX);
    AGServer server = SocketCluster.create(options(arguments));
    BenchMiddleware.named(arguments.text("middleware")).setOn(server);
    boolean hasTree = yes(arguments, "tree");
    server.onConnection(socket -> serve(socket, hasTree));
    if (yes(arguments, "tell-closed")) {
      server.listener(AGServer.DISCONNECTION).consume(BenchServer::tellClosed);
    }
    server.listen(port);
    return server;
  }

  /** A second procedure costs each socket memory, which is measured. */
  private static void serve(AGServerSocket socket, boolean hasTree) {
    socket.procedure("echo", Payload.class).consume(request -> request.end(request.data()));
    if (hasTree) {
      socket
          .procedure("tree", JsonNode.class)
          .consume(request -> request.end(request.data().size()));
    }
  }

  private static void tellClosed(ServerEvent.Closed closed) {
    if (closed.code() > LARGEST_CODE_OF_WEBSOCKET) {
      System.out.println("closed with " + closed.code());
    }
  }

  private static boolean yes(Arguments arguments, String name) {
    return isFirst(arguments, name, "yes", "no");
  }

  private static boolean isFirst(Arguments arguments, String name, String first, String second) {
    String value = arguments.text(name);
    if (!value.equals(first) && !value.equals(second)) {
      throw new IllegalArgumentException(
          "--" + name + " is " + first + " or " + second + ", not " + value);
    }
    return value.equals(first);
  }

  private static TlsOptions freshCertificate() {
    try {
      X509Bundle certificate =
          new CertificateBuilder()
              .subject("CN=localhost")
              .ecp256()
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
      return TlsOptions.of(
          Pem.of(certificate.getCertificatePathPEM()), Pem.of(certificate.getPrivateKeyPEM()));
    } catch (Exception e) { // as the builder declares it
      throw new IllegalStateException("no certificate could be made", e);
    }
  }

  private static AGServerOptions options(Arguments arguments) {
    AGServerOptions.Builder options =
        AGServerOptions.builder()
            .transport(Transport.valueOf(constant(arguments, "transport")))
            .slowConsumerPolicy(
                SlowConsumerPolicy.valueOf(constant(arguments, "slow-consumer-policy")))
            .perMessageDeflate(yes(arguments, "per-message-deflate"));
    int eventLoops = arguments.number("event-loops", 0, EVENT_LOOPS_MAX);
    if (eventLoops > 0) {
      options.eventLoops(eventLoops);
    }
    int messageRate = arguments.number("socket-message-rate", 0, MESSAGE_RATE_MAX);
    if (messageRate > 0) {
      options.socketMessageRate(RateLimit.of(messageRate, Duration.ofSeconds(1)));
    }
    if (isFirst(arguments, "codec", "min-bin", "json")) {
      options.codecEngine(new MinBinCodec());
    }
    if (yes(arguments, "tls")) {
      options.tls(freshCertificate());
    }
    return options.build();
  }

  private static String constant(Arguments arguments, String name) {
    return arguments.text(name).toUpperCase(Locale.ROOT);
  }
}
