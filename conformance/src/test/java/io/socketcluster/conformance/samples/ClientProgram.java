// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.TimeoutError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

final class ClientProgram {
  record Profile(String name, int level) {}

  record Score(String player, int points) {}

  record Question(String text) {}

  /** What the program tells; its test reads it. */
  final List<String> told = new CopyOnWriteArrayList<>();

  private void show(@Nullable Object what) {
    told.add(String.valueOf(what));
  }

  AGClientSocket create(int port) {
    AGClientSocket socket =
        SocketClusterClient.create(
            AGClientOptions.builder().hostname("localhost").port(port).build());

    socket.listener(AGClientSocket.CONNECT).consume(event -> show("online as " + event.id()));
    socket.listener(AGClientSocket.CLOSE).consume(event -> show("offline: " + event.code()));
    socket.listener(AGClientSocket.ERROR).consume(event -> show(event.error()));
    return socket;
  }

  void call(AGClientSocket socket) throws InterruptedException {
    socket.call("login", Map.of("username", "ada"));
    Profile profile = socket.call("profile", Map.of("id", 7), Profile.class);
    show(profile.name());
  }

  void fail(AGClientSocket socket) throws InterruptedException {
    try {
      socket.call("alwaysFails", null);
    } catch (TimeoutError | BadConnectionError e) {
      show("Nobody knows whether the server has done it");
    } catch (AGException e) {
      show(e.name() + ": " + e.getMessage());
    }
  }

  CompletableFuture<Void> invoke(AGClientSocket socket) {
    return socket
        .invoke("profile", Map.of("id", 7), Profile.class, Duration.ofSeconds(2))
        .thenAccept(profile -> show(profile.level()))
        .exceptionally(
            failure -> {
              show(failure.getCause());
              return null;
            });
  }

  void transmit(AGClientSocket socket) {
    socket.transmit("greet", "ada");
  }

  void serve(AGClientSocket socket) {
    socket.receiver("greeting").consume(data -> show(data.path("hello").stringValue("")));

    socket
        .procedure("question", Question.class)
        .consume(request -> request.end("You ask: " + request.data().text()));
  }

  void loop(AGClientSocket socket) {
    AGChannel<Score> scores = socket.subscribe("scores", Score.class);

    Thread.startVirtualThread(
        () -> {
          for (Score score : scores) {
            show(score.player() + " has " + score.points());
          }
        });
  }

  void publish(AGClientSocket socket) {
    AGChannel<Score> scores = socket.subscribe("scores", Score.class);
    scores.consume(score -> show(score.player() + ": " + score.points()));
    scores.listener(ChannelEvent.SUBSCRIBE_FAIL).consume(event -> show(event.error()));

    scores.invokePublish(new Score("ada", 3)).join();
    socket.transmitPublish("scores", new Score("bob", 2)); // also without a subscription
  }

  AGChannel<Score> subscribeAfterLogin(AGClientSocket socket) {
    ChannelOptions options =
        ChannelOptions.DEFAULT.withWaitForAuth().withPriority(10).withData(Map.of("from", "menu"));
    AGChannel<Score> team = socket.subscribe("private/team", options, Score.class);
    team.listener(ChannelEvent.KICK_OUT).consume(event -> show(event.message()));
    return team;
  }

  void batch(AGClientSocket socket) {
    socket.startBatch();
    for (int i = 0; i < 100; i++) {
      socket.transmit("sample", i);
    }
    socket.flushBatch();
  }
}
