// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socketcluster.codec.minbin.MinBinCodec;
import io.socketcluster.core.ProtocolVersion;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.JsonCodec;
import io.socketcluster.protocol.RawPacket;
import io.socketcluster.server.AGEndpoint;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pings and pongs of both versions, with both codecs, through them and past them. */
class PongsTest {
  private static final int PONGS = 4;
  private static final String PATH = "/pongs/";

  /** How a client answers a ping. */
  enum Pong {
    TEXT,
    BINARY,
    ENCODED
  }

  /** An endpoint and a client that answers its pings. */
  record Case(AGEndpoint endpoint, Pong pong) {
    boolean isOne() {
      return endpoint.protocolVersion() == ProtocolVersion.V1;
    }

    String ping() {
      return isOne() ? "#1" : "";
    }

    /** Returns the ping as it arrives: in hexadecimal digits when it is binary. */
    String arriving() {
      boolean isEncoded = isOne() && endpoint.pingsThroughCodec();
      return isEncoded && endpoint.codecEngine().isBinary()
          ? hex(endpoint.codecEngine().encode(new RawPacket(ping())))
          : ping();
    }

    void answer(WebSocket client) {
      String text = isOne() ? "#2" : "";
      switch (pong) {
        case TEXT -> client.sendText(text, true).join();
        case BINARY -> client.sendBinary(ByteBuffer.wrap(text.getBytes(UTF_8)), true).join();
        case ENCODED ->
            client
                .sendBinary(
                    ByteBuffer.wrap(endpoint.codecEngine().encode(new RawPacket(text))), true)
                .join();
      }
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (CodecEngine codec : List.of(new JsonCodec(), new MinBinCodec())) {
      for (ProtocolVersion version : List.of(ProtocolVersion.V1, ProtocolVersion.V2)) {
        for (boolean throughCodec : new boolean[] {true, false}) {
          AGEndpoint endpoint =
              AGEndpoint.of(PATH)
                  .withCodecEngine(codec)
                  .withProtocolVersion(version)
                  .withPingsThroughCodec(throughCodec);
          cases.add(new Case(endpoint, Pong.TEXT));
          cases.add(new Case(endpoint, Pong.BINARY));
          if (version == ProtocolVersion.V1) { // a pong of version 2 is never encoded
            cases.add(new Case(endpoint, Pong.ENCODED));
          }
        }
      }
    }
    return cases.stream();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Keeps what is no answer to the handshake. */
  private static final class Pings implements WebSocket.Listener {
    private final Case tried;
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private volatile boolean isClosed;

    Pings(Case tried) {
      this.tried = tried;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket client, CharSequence text, boolean last) {
      received(client, text.toString());
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket client, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      received(client, hex(bytes));
      return null;
    }

    private void received(WebSocket client, String message) {
      client.request(1);
      if (message.length() <= 6) {
        received.add(message);
        tried.answer(client);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket client, int code, String reason) {
      isClosed = true;
      return null;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyPongOfAClientIsOne(Case tried) {
    AGServer server =
        SocketCluster.create(
            AGServerOptions.builder()
                .endpoint(tried.endpoint())
                .pingInterval(Duration.ofMillis(100))
                .pingTimeout(Duration.ofSeconds(5))
                .build());
    Queue<String> raw = new ConcurrentLinkedQueue<>();
    server.onConnection(
        socket ->
            socket
                .listener(AGServerSocket.RAW)
                .consume(each -> raw.add(String.valueOf(each.message()))));
    server.listen(0);
    try (HttpClient http = HttpClient.newHttpClient()) {
      Pings pings = new Pings(tried);
      WebSocket client = open(http, server.port(), pings);
      await().until(() -> pings.isClosed || pings.received.size() >= PONGS);

      assertThat(pings.isClosed).isFalse();
      assertThat(pings.received).containsOnly(tried.arriving());
      assertThat(raw).isEmpty();
      client.abort();
    } finally {
      server.close().join();
    }
  }

  private static WebSocket open(HttpClient http, int port, Pings pings) {
    URI address = URI.create("ws://127.0.0.1:" + port + PATH);
    WebSocket client = http.newWebSocketBuilder().buildAsync(address, pings).join();
    byte[] handshake = pings.tried.endpoint().codecEngine().encode(handshake());
    if (pings.tried.endpoint().codecEngine().isBinary()) {
      client.sendBinary(ByteBuffer.wrap(handshake), true).join();
    } else {
      client.sendText(new String(handshake, UTF_8), true).join();
    }
    return client;
  }

  private static EventPacket handshake() {
    return EventPacket.invoke("#handshake", null, 1);
  }

  @Test
  void thereIsACaseForEachCombination() {
    assertThat(cases()).hasSize(20).doesNotHaveDuplicates();
  }
}
