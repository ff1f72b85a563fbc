// SPDX-License-Identifier: MIT
package io.socketcluster.webhooks.internal;

import io.socketcluster.protocol.Payload;
import io.socketcluster.webhooks.WebhookOptions;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends an event until it is taken. Thread-safe; blocks. */
final class HookSender implements AutoCloseable {
  private static final int OK = 200;
  private static final int NO_LONGER_OK = 300;
  private static final long LONGEST_DELAY = 60_000;

  private final WebhookOptions options;
  private final Signature signature;
  private final HttpClient http;

  HookSender(WebhookOptions options) {
    this.options = options;
    this.signature = new Signature(options.signingKey());
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(options.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Returns whether the event was taken. */
  boolean send(Hook hook) throws InterruptedException {
    byte[] body = Payload.of(hook.body()).toBytes();
    long delay = options.retryDelay().toMillis();
    for (int attempt = 1; ; attempt++) {
      if (isTaken(hook.id(), body)) {
        return true;
      }
      if (attempt == options.attempts()) {
        return false;
      }
      Thread.sleep(delay - ThreadLocalRandom.current().nextLong(delay / 2 + 1));
      delay = Math.min(LONGEST_DELAY, delay * 2);
    }
  }

  private boolean isTaken(String id, byte[] body) throws InterruptedException {
    long seconds = Instant.now().getEpochSecond();
    HttpRequest request =
        HttpRequest.newBuilder(options.url())
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", String.valueOf(seconds))
            .header("webhook-signature", signature.of(id, seconds, body))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return isTaken(http.sendAsync(request, BodyHandlers.discarding()));
  }

  /** The timeout of a request would end with the head of the answer: a body could last for ever. */
  private boolean isTaken(CompletableFuture<HttpResponse<Void>> asked) throws InterruptedException {
    try {
      int status = asked.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS).statusCode();
      return status >= OK && status < NO_LONGER_OK;
    } catch (ExecutionException | TimeoutException e) {
      return false; // it is tried again
    } finally {
      asked.cancel(true);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
