// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.core.SocketState;
import io.socketcluster.testkit.RawConnection;
import io.socketcluster.testkit.RawServer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the application has made never runs on an event loop. */
@Timeout(120)
class ApplicationThreadsTest {
  private final RawServer server = RawServer.start();
  private final Thread caller = Thread.currentThread();
  private final Map<String, Boolean> ranOffTheLoops = new ConcurrentHashMap<>();
  private AGClientSocket socket = SocketClusterClient.create(RawOptions.of(server).build());

  /** What follows on a future that is complete already runs on the caller's thread. */
  private void ran(String what) {
    Thread thread = Thread.currentThread();
    ranOffTheLoops.put(what, thread.isVirtual() || thread.equals(caller));
  }

  private final class Engine implements AuthEngine {
    @Override
    public void saveToken(String name, String signedAuthToken) {
      ran("saveToken");
    }

    @Override
    public @Nullable String removeToken(String name) {
      ran("removeToken");
      return null;
    }

    @Override
    public @Nullable String loadToken(String name) {
      ran("loadToken");
      return null;
    }
  }

  @AfterEach
  void end() {
    socket.disconnect();
    server.close();
  }

  private void assertRan(String... all) {
    await().untilAsserted(() -> assertThat(ranOffTheLoops).containsOnlyKeys(all));
    assertThat(new TreeMap<>(ranOffTheLoops)).doesNotContainValue(false);
  }

  private void after(String what, CompletableFuture<?> future) {
    future.whenComplete((value, failure) -> ran(what));
  }

  @Test
  void whenTheServerAnswers() {
    socket = SocketClusterClient.create(RawOptions.of(server).authEngine(new Engine()).build());
    socket.listener(AGClientSocket.CONNECT).consume(event -> ran("listener"));
    socket.receiver("news").consume(data -> ran("receiver"));
    socket.procedure("ask").consume(request -> ran("procedure"));
    socket.subscribe("channel").consume(data -> ran("channel"));
    socket.connect();
    RawConnection connection = server.acceptOpen();
    connection.answer(connection.readText(), "\"data\":null");
    connection.sendText("[{\"event\":\"news\"},{\"event\":\"ask\",\"cid\":1}]");
    connection.sendText("{\"event\":\"#publish\",\"data\":{\"channel\":\"channel\",\"data\":1}}");
    connection.sendText("{\"event\":\"#setAuthToken\",\"data\":{\"token\":\"a.b.c\"}}");
    after("invoke", socket.invoke("x", 1));
    connection.answer(connection.readText(), "\"data\":1");
    after("publish", socket.invokePublish("x", 1));
    connection.answer(connection.readText(), "\"error\":{\"name\":\"E\",\"message\":\"no\"}");
    after("authenticate", socket.authenticate("a.b.c"));
    connection.answer(connection.readText(), "\"data\":{\"isAuthenticated\":true}");
    after("deauthenticate", socket.deauthenticate());

    assertRan(
        "loadToken",
        "listener",
        "receiver",
        "procedure",
        "channel",
        "saveToken",
        "invoke",
        "publish",
        "authenticate",
        "deauthenticate",
        "removeToken");
  }

  @Test
  void whenTheConnectionIsLost() {
    socket.connect();
    RawConnection connection = server.acceptOpen();
    await().until(() -> socket.state() == SocketState.OPEN);
    after("invoke", socket.invoke("x", 1));
    after("publish", socket.invokePublish("x", 1));
    after("authenticate", socket.authenticate("a.b.c"));
    connection.readText();
    connection.readText();
    connection.readText();
    connection.reset();

    assertRan("invoke", "publish", "authenticate");
  }
}
