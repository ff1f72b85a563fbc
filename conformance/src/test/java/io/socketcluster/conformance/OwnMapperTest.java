// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonValue;
import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.AGClientSocket;
import io.socketcluster.client.SocketClusterClient;
import io.socketcluster.codec.minbin.MinBinCodec;
import io.socketcluster.core.ChannelEvent;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.AGMiddleware;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** A mapper of the application's own reads and writes everything, with both codecs. */
@Timeout(120)
@ParameterizedClass
@MethodSource("codecs")
class OwnMapperTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addMixIn(Price.class, PriceMixIn.class)
          .addModule(new SimpleModule().addSerializer(Secret.class, new SecretSerializer()))
          .build();

  @Parameter @Nullable CodecEngine codec;

  private final BlockingQueue<Order> received = new LinkedBlockingQueue<>();
  private final BlockingQueue<AGServerSocket> sockets = new LinkedBlockingQueue<>();
  private @Nullable AGServer server;
  private @Nullable AGClientSocket client;

  record Order(String itemName, int itemCount) {}

  record Price(int cents) {}

  record Secret(String text) {}

  abstract static class PriceMixIn {
    @JsonValue
    abstract int cents();
  }

  private static final class SecretSerializer extends StdSerializer<Secret> {
    SecretSerializer() {
      super(Secret.class);
    }

    @Override
    public void serialize(Secret value, JsonGenerator generator, SerializationContext context) {
      generator.writeString("***");
    }
  }

  static CodecEngine[] codecs() {
    return new CodecEngine[] {new JsonCodec(), new MinBinCodec()};
  }

  @BeforeEach
  void connect() {
    CodecEngine chosen = Objects.requireNonNull(codec);
    AGServer started =
        SocketCluster.create(
            AGServerOptions.builder().codecEngine(chosen).jsonMapper(MAPPER).build());
    server = started;
    started.setMiddleware(AGServer.MIDDLEWARE_INBOUND, AGMiddleware.each(OwnMapperTest::decide));
    started.onConnection(socket -> serve(socket));
    started.exchange().subscribe("room", Order.class).consume(received::add);
    started.listen(0);
    client =
        SocketClusterClient.create(
            AGClientOptions.builder()
                .port(started.port())
                .codecEngine(chosen)
                .jsonMapper(MAPPER)
                .build());
  }

  private static void decide(AGAction action) {
    if ("doubled".equals(action.procedure())) {
      Order order = Objects.requireNonNull(action.data(Order.class));
      action.allow(new Order(order.itemName(), 2 * order.itemCount()));
    } else {
      action.allow();
    }
  }

  private void serve(AGServerSocket socket) {
    socket.procedure("order", Order.class).consume(request -> request.end(request.data()));
    socket.procedure("doubled").consume(request -> request.end(request.data()));
    socket.procedure("price").consume(request -> request.end(new Price(5)));
    socket.procedure("secret").consume(request -> request.end(new Secret("s")));
    socket
        .procedure("login", Order.class)
        .consume(
            request -> {
              socket.setAuthToken(request.data());
              request.end();
            });
    sockets.add(socket);
  }

  @AfterEach
  void close() {
    client().disconnect();
    Objects.requireNonNull(server).close().join();
  }

  private AGClientSocket client() {
    return Objects.requireNonNull(client);
  }

  private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
    return Objects.requireNonNull(queue.poll(60, TimeUnit.SECONDS), "nothing came");
  }

  @Test
  void namesFollowItsStrategyInBothDirections() throws Exception {
    Order order = new Order("tea", 2);

    JsonNode answer = client().call("order", Map.of("item_name", "tea", "item_count", 2));
    assertThat(answer).hasToString("{\"item_name\":\"tea\",\"item_count\":2}");
    assertThat(client().call("order", order, Order.class)).isEqualTo(order);
    assertThat(client().call("doubled", order, Order.class)).isEqualTo(new Order("tea", 4));
  }

  @Test
  void mixInsAndSerializersCount() throws Exception {
    assertThat(client().call("price", null).intValue()).isEqualTo(5);
    assertThat(client().call("secret", null).stringValue()).isEqualTo("***");
  }

  @Test
  void channelsAndTheExchangeFollowIt() throws Exception {
    client().subscribe("back", Order.class).consume(received::add);
    client().channel("back").listener(ChannelEvent.SUBSCRIBE).once();

    client().transmitPublish("room", new Order("tea", 1));
    assertThat(take(received)).isEqualTo(new Order("tea", 1));
    Objects.requireNonNull(server).exchange().transmitPublish("back", new Order("tea", 2));
    assertThat(take(received)).isEqualTo(new Order("tea", 2));
  }

  @Test
  void tokensAndWhatTheServerSendsFollowIt() throws Exception {
    client().receiver("offer", Order.class).consume(received::add);
    client().call("login", new Order("tea", 3));
    AGServerSocket socket = take(sockets);

    assertThat(Objects.requireNonNull(socket.authToken()).path("item_name").stringValue())
        .isEqualTo("tea");
    socket.transmit("offer", new Order("tea", 4));
    assertThat(take(received)).isEqualTo(new Order("tea", 4));
  }

  @Test
  void itIsAsStrictAsOurs() {
    assertThatThrownBy(() -> client().call("order", Map.of("item_name", "tea", "item_count", 1.5)))
        .isInstanceOf(InvalidArgumentsError.class);
    assertThatThrownBy(() -> client().call("order", Map.of("item_name", 5, "item_count", 1)))
        .isInstanceOf(InvalidArgumentsError.class);
  }
}
