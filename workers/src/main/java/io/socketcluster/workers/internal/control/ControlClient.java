// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Gives commands to a supervisor. */
public final class ControlClient {
  static final String FILE = "control.sock";

  private ControlClient() {}

  static boolean isAnswered(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Gives a command, and waits until it has been carried out.
   *
   * @throws IOException if no supervisor uses the directory, or if the command fails
   */
  public static JsonNode call(Path directory, String command) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      throw new IOException("no supervisor runs in " + directory);
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
      String line = JsonNodeFactory.instance.objectNode().put("command", command) + "\n";
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      String answer = new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
      if (answer.isEmpty()) {
        throw new EOFException("the supervisor has ended");
      }
      return checked(JsonMapper.shared().readTree(answer));
    } catch (JacksonException e) {
      throw new IOException("the supervisor gives no answer that makes sense", e);
    }
  }

  private static JsonNode checked(JsonNode answer) throws IOException {
    if (!answer.path("ok").booleanValue(false)) {
      throw new IOException(answer.path("error").stringValue("the command failed"));
    }
    return answer;
  }
}
