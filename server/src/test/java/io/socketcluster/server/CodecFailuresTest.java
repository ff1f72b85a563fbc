// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socketcluster.protocol.Packet;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.testkit.ForwardingCodec;
import io.socketcluster.testkit.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A codec of the application's own that fails to write. */
class CodecFailuresTest {
  private static final String BAD = "unwritable";
  private static final String LINE =
      "WARNING The codec failed to write a packet: java.lang.IllegalStateException: a bug";

  private final FailureLines log = FailureLines.record();

  private static final class Codec extends ForwardingCodec {
    @Override
    public byte[] encode(Packet packet) {
      return checked(super.encode(packet));
    }

    @Override
    public byte[] encode(List<Packet> batch) {
      return checked(super.encode(batch));
    }

    @Override
    public byte[] encodePublish(String channel, @Nullable Payload data) {
      return checked(super.encodePublish(channel, data));
    }

    private static byte[] checked(byte[] message) {
      if (new String(message, StandardCharsets.UTF_8).contains(BAD)) {
        throw new IllegalStateException("a bug");
      }
      return message;
    }
  }

  @AfterEach
  void stopRecording() {
    log.close();
  }

  private static TestServer serve(Consumer<AGServerSocket> connected) {
    return TestServer.start(
        options -> options.codecEngine(new Codec()),
        server -> server.onConnection(socket -> connected.accept(socket)));
  }

  private void awaitLine() {
    await().untilAsserted(() -> assertThat(log.lines()).containsExactly(LINE));
  }

  @Test
  void theCallerOfAnAnswerIsTold() {
    try (TestServer test =
        serve(socket -> socket.procedure("ask").consume(request -> request.end(BAD)))) {
      RawClient client = test.open();
      JsonNode answer = client.call("ask", null);

      assertThat(answer.path("error").path("name").asString("")).isEqualTo("UnknownError");
      awaitLine();
    }
  }

  @Test
  void theCallerOfAnErrorIsTold() {
    try (TestServer test =
        serve(
            socket ->
                socket
                    .procedure("ask")
                    .consume(request -> request.error(new AGException("OwnError", BAD))))) {
      JsonNode answer = test.open().call("ask", null);

      assertThat(answer.path("error").path("name").asString("")).isEqualTo("UnknownError");
      awaitLine();
    }
  }

  @Test
  void aMessageThatCannotBeWrittenIsLogged() {
    try (TestServer test = serve(socket -> {})) {
      RawClient client = test.open();
      AGServerSocket socket = test.socketOf(client);
      socket.transmit("note", BAD);
      socket.transmit("note", "readable");

      assertThat(client.nextJson().path("data").asString("")).isEqualTo("readable");
      awaitLine();
    }
  }

  @Test
  void aCallThatCannotBeWrittenFails() {
    try (TestServer test = serve(socket -> {})) {
      AGServerSocket socket = test.socketOf(test.open());

      assertThatThrownBy(() -> socket.call("ask", BAD)).isInstanceOf(InvalidArgumentsError.class);
      awaitLine();
    }
  }
}
