// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.benchmarks.Arguments;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.HttpRequest;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.channels.ChannelPolicy;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A server whose channels below {@code kept/} have a history, and whose subscribers may ask for
 * differences below {@code book/}. {@code POST /publish} publishes its body to a channel, or the
 * next order book, {@code POST /fill} keeps {@link #FILLED} messages of that text, and {@code GET
 * /memory} says how many bytes of the heap are in use after a collection.
 */
public final class HistoryServer {
  static final int FILLED = 100_000;

  private static final int PER_CHANNEL = 1_000;
  private static final int COLLECTIONS = 3;
  private static final long ENOUGH = 1 << 30;

  private final AtomicReference<String> channel = new AtomicReference<>("");
  private final OrderBook book = new OrderBook();
  private final AGServer server;

  private HistoryServer() {
    server =
        SocketCluster.create(
            AGServerOptions.builder()
                .httpHandler((HttpHandler) this::answer)
                .pingTimeout(Duration.ofMinutes(2)) // the clients read when it is their turn
                .build());
    server
        .channels()
        .policy(
            "kept/*",
            ChannelPolicy.builder()
                .historySize(PER_CHANNEL)
                .historyAge(Duration.ofHours(1))
                .historyBytes(ENOUGH)
                .totalHistoryBytes(ENOUGH)
                .build());
    server.channels().policy("book/*", ChannelPolicy.builder().historySize(0).deltas(true).build());
    server.onConnection(
        socket -> socket.procedure("echo").consume(request -> request.end(request.data())));
  }

  /**
   * Starts the server.
   *
   * @param args {@code --port}; {@code --channel}, to which is published
   */
  public static void main(String[] args) {
    Arguments given = Arguments.parse(args, Map.of("port", "8000", "channel", "kept/room"));
    HistoryServer history = new HistoryServer();
    history.channel.set(given.text("channel"));
    history.server.listen(Integer.parseInt(given.text("port")));
  }

  private HttpAnswer answer(HttpRequest request) {
    String message = new String(request.body(), UTF_8);
    switch (request.path()) {
      case "/memory" -> {
        return HttpAnswer.text(200, Long.toString(usedBytes()));
      }
      case "/fill" -> {
        for (int i = 0; i < FILLED; i++) {
          server.exchange().transmitPublish("kept/filled-" + i / PER_CHANNEL, message);
        }
      }
      default -> {
        boolean isBook = HistoryLoad.BOOK_CHANNEL.equals(channel.get());
        server.exchange().transmitPublish(channel.get(), isBook ? book.next() : message);
      }
    }
    return HttpAnswer.text(200, "ok");
  }

  private static long usedBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
