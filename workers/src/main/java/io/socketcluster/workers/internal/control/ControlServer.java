// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes commands at a Unix domain socket in a directory that only its owner may enter: one line of
 * JSON, and one line as the answer. Thread-safe.
 */
public final class ControlServer implements AutoCloseable {
  private static final int LONGEST_COMMAND = 1_000;
  private static final int MOST_CONNECTIONS = 16;

  private final ServerSocketChannel channel;
  private final Path file;
  private final Function<String, CompletableFuture<ObjectNode>> commands;
  private final Semaphore places = new Semaphore(MOST_CONNECTIONS);

  private ControlServer(
      ServerSocketChannel channel,
      Path file,
      Function<String, CompletableFuture<ObjectNode>> commands) {
    this.channel = channel;
    this.file = file;
    this.commands = commands;
  }

  /**
   * Opens the socket.
   *
   * @param commands carries out a command; a failed future is answered as an error
   * @throws IOException if another supervisor uses the directory, or if the path is too long
   */
  public static ControlServer open(
      Path directory, Function<String, CompletableFuture<ObjectNode>> commands) throws IOException {
    Path file = directory.resolve(ControlClient.FILE);
    if (ControlClient.isAnswered(file)) {
      throw new IOException("another supervisor uses the directory " + directory);
    }
    Files.deleteIfExists(file);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(file));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    ControlServer server = new ControlServer(channel, file, commands);
    Thread accepting = new Thread(server::accept, "socketcluster-control");
    accepting.setDaemon(true);
    accepting.start();
    return server;
  }

  private void accept() {
    try {
      while (true) {
        places.acquireUninterruptibly();
        SocketChannel connection = channel.accept();
        Thread.ofPlatform().daemon().start(() -> serve(connection));
      }
    } catch (ClosedChannelException e) {
      // close()
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      ObjectNode answer = answer(command(Channels.newInputStream(connection)));
      ByteBuffer bytes = ByteBuffer.wrap((answer + "\n").getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        connection.write(bytes);
      }
    } catch (IOException e) {
      // the other end has gone
    } finally {
      places.release();
    }
  }

  private static String command(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8));
    for (int read = reader.read(); read >= 0 && read != '\n'; read = reader.read()) {
      if (line.length() == LONGEST_COMMAND) {
        throw new IOException("too long");
      }
      line.append((char) read);
    }
    return line.toString();
  }

  private ObjectNode answer(String line) {
    try {
      String command = JsonMapper.shared().readTree(line).path("command").stringValue("");
      return commands.apply(command).join().put("ok", true);
    } catch (JacksonException e) {
      return error("the command is no JSON");
    } catch (RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return error(String.valueOf(cause.getMessage()));
    }
  }

  private static ObjectNode error(String message) {
    return JsonNodeFactory.instance.objectNode().put("ok", false).put("error", message);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }
}
