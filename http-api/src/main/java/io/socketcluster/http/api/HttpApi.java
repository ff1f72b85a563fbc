// SPDX-License-Identifier: MIT
package io.socketcluster.http.api;

import io.socketcluster.http.api.internal.ApiRequests;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.HttpRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP API for other backends: publish, count, kick out, disconnect. It is the option {@code
 * httpHandler} of a server, in front of the application's own handler.
 *
 * <pre>{@code
 * HttpApiOptions api =
 *     HttpApiOptions.builder().apiKey("shop", System.getenv("SHOP_KEY"), "publish:orders/").build();
 * AGServerOptions options =
 *     AGServerOptions.builder().httpHandler(HttpApi.with(api, HttpHandler.NONE)).build();
 * }</pre>
 *
 * <p>What it publishes passes no inbound middleware: the scopes of a caller decide. Thread-safe.
 */
public final class HttpApi implements HttpHandler {
  private final ApiRequests requests;
  private final HttpHandler others;

  private HttpApi(ApiRequests requests, HttpHandler others) {
    this.requests = requests;
    this.others = others;
  }

  /**
   * Returns a handler that serves the paths of the API and leaves all other requests to {@code
   * others}.
   */
  public static HttpApi with(HttpApiOptions options, HttpHandler others) {
    return new HttpApi(new ApiRequests(options), Objects.requireNonNull(others, "others"));
  }

  @Override
  public @Nullable HttpAnswer handle(HttpRequest request) throws Exception {
    return requests.claims(request) ? requests.answer(request) : others.handle(request);
  }
}
