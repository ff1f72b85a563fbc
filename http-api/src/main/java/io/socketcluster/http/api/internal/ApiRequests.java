// SPDX-License-Identifier: MIT
package io.socketcluster.http.api.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.http.api.HttpApiOptions;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Leads each request of the API to its call. Thread-safe. */
public final class ApiRequests {
  private static final String OPEN_API = "openapi.json";
  private static final long WAIT_SECONDS = 10;

  /** The calls and their methods. */
  private static final Map<String, String> METHODS =
      Map.of(
          "publish",
          "POST",
          "batch",
          "POST",
          "kick-out",
          "POST",
          "disconnect",
          "POST",
          "count",
          "GET",
          OPEN_API,
          "GET");

  private final HttpApiOptions options;
  private final Callers callers;
  private final CallerRates rates;
  private final RepeatedRequests repeated;
  private final HttpAnswer description;

  public ApiRequests(HttpApiOptions options) {
    this.options = options;
    this.callers = new Callers(options);
    this.rates = new CallerRates(options.requestsPerSecond(), System::nanoTime);
    this.repeated = new RepeatedRequests(options.maxIdempotencyKeys(), System::nanoTime);
    this.description =
        HttpAnswer.of(200, "application/json", describedAt(options.path()).getBytes(UTF_8));
  }

  private static String describedAt(String path) {
    try (InputStream file = ApiRequests.class.getResourceAsStream(OPEN_API)) {
      if (file == null) {
        throw new IllegalStateException(OPEN_API + " is missing in the module");
      }
      String base = path.substring(0, path.length() - 1);
      return new String(file.readAllBytes(), UTF_8)
          .replace("\"url\": \"/api\"", "\"url\": \"" + (base.isEmpty() ? "/" : base) + "\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether a request is for the API. */
  public boolean claims(HttpRequest request) {
    return request.path().startsWith(options.path()) && METHODS.containsKey(nameIn(request));
  }

  private String nameIn(HttpRequest request) {
    return request.path().substring(options.path().length());
  }

  /**
   * Answers a request that the API {@link #claims}.
   *
   * @throws InterruptedException when the caller hangs up
   */
  public HttpAnswer answer(HttpRequest request) throws InterruptedException {
    String name = nameIn(request);
    String method = String.valueOf(METHODS.get(name));
    if (!request.method().equals(method)) {
      return new ApiError(405, "MethodError", "The method is " + method)
          .answer()
          .withHeader("allow", method);
    }
    if (name.equals(OPEN_API)) {
      return description;
    }
    try {
      return await(begin(request, name));
    } catch (ApiError e) {
      return e.answer();
    }
  }

  private CompletableFuture<HttpAnswer> begin(HttpRequest request, String name) throws ApiError {
    Caller caller = callers.of(request);
    rates.enter(caller);
    ApiCalls calls = new ApiCalls(request.server(), caller);
    if (name.equals("count")) {
      return calls.count(request.query("channel"));
    }
    RequestFields fields = RequestFields.of(request);
    String key = request.header("idempotency-key");
    if (key == null) {
      return order(calls, name, fields);
    }
    byte[] fingerprint = Digests.of(name.getBytes(UTF_8), request.body());
    return repeated.answer(caller, key, fingerprint, () -> order(calls, name, fields));
  }

  private CompletableFuture<HttpAnswer> order(ApiCalls calls, String name, RequestFields fields)
      throws ApiError {
    return switch (name) {
      case "publish" -> calls.publish(fields);
      case "batch" -> calls.batch(fields, options.maxBatch());
      case "kick-out" -> calls.kickOut(fields);
      default -> calls.disconnect(fields);
    };
  }

  /** Waits for an answer. The call goes on when the wait ends before. */
  private static HttpAnswer await(CompletableFuture<HttpAnswer> asked)
      throws ApiError, InterruptedException {
    try {
      return asked.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new ApiError(503, "BrokerError", "The broker has not answered in time");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ResourceLimitError) {
        throw new ApiError(429, "ResourceLimitError", "Too many calls are under way");
      }
      throw new ApiError(503, "BrokerError", "The broker has refused it");
    }
  }
}
