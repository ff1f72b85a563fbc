// SPDX-License-Identifier: MIT
package io.socketcluster.examples;

import io.socketcluster.examples.game.Game;
import io.socketcluster.examples.presence.PresenceList;
import io.socketcluster.examples.prices.LivePrices;
import io.socketcluster.examples.upload.Uploads;
import io.socketcluster.protocol.errors.HTTPServerError;
import io.socketcluster.server.AGServer;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The program that {@code bin/example} starts: one of the examples that have a page. */
public final class Examples {
  private static final Map<String, Supplier<AGServer>> ALL =
      new TreeMap<>(
          Map.of(
              "presence", PresenceList::create,
              "prices", LivePrices::create,
              "game", Game::create,
              "upload", Uploads::create));

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Examples() {}

  /**
   * Serves an example until the process ends. A port that cannot be had ends the program with one
   * sentence and status 1, an argument that makes no sense with status 2.
   *
   * @param args the name of the example; {@code --port PORT}, 8000 without it, 0 for any that is
   *     free
   */
  public static void main(String[] args) {
    ExampleArguments arguments;
    try {
      arguments = ExampleArguments.of(ALL.keySet(), args);
    } catch (IllegalArgumentException e) {
      System.err.println("example: " + e.getMessage());
      System.err.println(ExampleArguments.usage(ALL.keySet()));
      System.exit(MISUSED);
      return;
    }
    serve(arguments);
  }

  private static void serve(ExampleArguments arguments) {
    Supplier<AGServer> example = ALL.get(arguments.name());
    AGServer server = Objects.requireNonNull(example, "checked with the arguments").get();
    server.listener(AGServer.WARNING).consume(event -> System.err.println(event.warning()));
    try {
      server.listen(arguments.port());
    } catch (HTTPServerError e) {
      System.err.println("example: " + e.getMessage());
      System.exit(FAILED);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.close().join()));
    System.out.println("http://localhost:" + server.port() + "/" + arguments.name() + "/");
  }
}
