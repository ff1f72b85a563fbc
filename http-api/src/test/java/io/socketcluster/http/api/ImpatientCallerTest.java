// SPDX-License-Identifier: MIT
package io.socketcluster.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.broker.AGBrokerEngine;
import io.socketcluster.broker.AGExchange;
import io.socketcluster.broker.AGSimpleBroker;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.HttpRequest;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.testkit.RawClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A caller hangs up while its message is being published, and sends the request again. */
class ImpatientCallerTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String BODY = "{\"channel\":\"orders\"}";
  private static final String REQUEST =
      "POST /api/publish HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
          + KEY
          + "\r\nIdempotency-Key: order-1\r\nContent-Length: "
          + BODY.length()
          + "\r\n\r\n"
          + BODY;

  private final AtomicInteger publishes = new AtomicInteger();
  private final CompletableFuture<Void> published = new CompletableFuture<>();
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final AGBrokerEngine broker = new AGSimpleBroker();
  private final AGBrokerEngine slowEngine =
      (AGBrokerEngine)
          Proxy.newProxyInstance(
              AGBrokerEngine.class.getClassLoader(),
              new Class<?>[] {AGBrokerEngine.class},
              this::invoke);
  private final AGExchange slowExchange = AGExchange.of(slowEngine);
  private final HttpHandler api =
      HttpApi.with(
          HttpApiOptions.builder().apiKey("shop", KEY, "publish").build(), HttpHandler.NONE);
  private final AGServer server =
      SocketCluster.listen(
          0,
          AGServerOptions.builder()
              .authKey("the-key-of-users-with-32-bytes-or-more")
              .brokerEngine(slowEngine)
              .httpHandler(this::handle)
              .build());

  private @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("exchange")) {
      return slowExchange;
    }
    boolean isPublish = method.getName().equals("invokePublish");
    if (isPublish && arguments != null && "orders".equals(arguments[0])) {
      publishes.incrementAndGet();
      return published;
    }
    try {
      return method.invoke(broker, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private @Nullable HttpAnswer handle(HttpRequest request) throws Exception {
    try {
      return api.handle(request);
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
  }

  @AfterEach
  void close() {
    server.close().join();
  }

  private RawClient caller() {
    RawClient client = RawClient.tcp(server.port());
    client.write(REQUEST.getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  private String answer() {
    try (RawClient caller = caller()) {
      return caller.readHead();
    }
  }

  @Test
  void theRepeatedRequestPublishesNothing() {
    try (RawClient caller = caller()) {
      await().until(() -> publishes.get() == 1);
      assertThat(caller.isClosed()).isFalse();
    }
    await().until(() -> interrupted.getCount() == 0);
    assertThat(answer()).startsWith("HTTP/1.1 409 ");
    published.complete(null);
    assertThat(answer()).startsWith("HTTP/1.1 200 ").containsIgnoringCase("idempotency-replayed");
    assertThat(publishes).hasValue(1);
  }
}
