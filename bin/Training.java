// SPDX-License-Identifier: MIT
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The load of the run that a JVM learns from (bin/startup.sh): java bin/Training.java PORT. Clients
 * connect, subscribe, call, publish and leave, a few at a time. What goes wrong is left out: the
 * cache is worth less then, and nothing depends on it.
 */
final class Training {
  private static final int CLIENTS = 1_500;
  private static final int AT_ONCE = 50;
  private static final int ROUNDS = 6;
  private static final int SECONDS = 10;

  private Training() {}

  public static void main(String[] args) throws Exception {
    String address = "localhost:" + Integer.parseInt(args[0]);
    Semaphore places = new Semaphore(AT_ONCE);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client = HttpClient.newHttpClient()) {
      request(client, "http://" + address + "/health-check");
      for (int i = 0; i < CLIENTS && System.nanoTime() < deadline; i++) {
        int number = i;
        places.acquire();
        threads.execute(
            () -> {
              visit(client, URI.create("ws://" + address + "/socketcluster/"), number);
              places.release();
            });
      }
    }
  }

  private static void request(HttpClient client, String address) throws Exception {
    client.send(
        HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding());
  }

  private static void visit(HttpClient client, URI address, int number) {
    Answers answers = new Answers(2 + ROUNDS);
    try {
      WebSocket socket = client.newWebSocketBuilder().buildAsync(address, answers).get();
      send(socket, "#handshake", "{\"authToken\":null}", 1);
      send(socket, "#subscribe", "{\"channel\":\"training-" + number % AT_ONCE + "\"}", 2);
      for (int i = 0; i < ROUNDS; i++) {
        send(socket, "echo", "{\"text\":\"as long as a short message\",\"number\":" + i + "}", 3 + i);
      }
      String data = "{\"channel\":\"training-" + number % AT_ONCE + "\",\"data\":{\"number\":7}}";
      send(socket, "#publish", data, 3 + ROUNDS);
      answers.await();
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get();
    } catch (Exception e) {
      // One client less to learn from.
    }
  }

  private static void send(WebSocket socket, String event, String data, int cid) throws Exception {
    String text = "{\"event\":\"%s\",\"data\":%s,\"cid\":%d}".formatted(event, data, cid);
    socket.sendText(text, true).get();
  }

  /** Counts the messages of the server. */
  private static final class Answers implements WebSocket.Listener {
    private final CountDownLatch missing;

    Answers(int count) {
      missing = new CountDownLatch(count);
    }

    void await() throws InterruptedException {
      missing.await(2, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      missing.countDown();
      socket.request(1);
      return null;
    }
  }
}
