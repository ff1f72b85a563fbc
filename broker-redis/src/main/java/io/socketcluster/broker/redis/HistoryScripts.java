// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.history.HistoryBounds;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.broker.history.HistoryStart;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The scripts that keep histories in streams. A script appends to a stream and publishes as one
 * step, so that the order of the stream is the order of the subscribers. Thread-safe; no method
 * blocks, and what is asked leaves with the next flush of the connection.
 */
final class HistoryScripts {
  private static final String BEGINNING = script("history.lua");
  private static final String KEEP = BEGINNING + script("keep.lua");
  private static final String READ = BEGINNING + script("read.lua");
  private static final int EPOCH_LENGTH = 12;
  private static final String RUN = "run_id:";

  private final StatefulRedisConnection<String, byte[]> connection;
  private final RedisAsyncCommands<String, byte[]> commands;
  private final ChannelCodec codec;
  private @Nullable CompletionStage<byte[]> run; // guarded by this, as whether scripts are loaded

  HistoryScripts(StatefulRedisConnection<String, byte[]> connection, ChannelCodec codec) {
    this.connection = connection;
    this.commands = connection.async();
    this.codec = codec;
  }

  private static String script(String name) {
    try (InputStream file = HistoryScripts.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns what tells one life of the server from another: what a server acknowledged last may be
   * missing in its next life, and in the server that takes its place.
   */
  synchronized CompletionStage<byte[]> run() {
    CompletionStage<byte[]> known = run;
    if (known == null) {
      commands.scriptLoad(KEEP);
      commands.scriptLoad(READ);
      known = commands.info("server").thenApply(HistoryScripts::runIn);
      run = known;
      connection.flushCommands();
    }
    return known;
  }

  private static byte[] runIn(String info) {
    return info.lines()
        .filter(line -> line.startsWith(RUN))
        .map(line -> line.substring(RUN.length()).strip())
        .findFirst()
        .orElse("")
        .getBytes(US_ASCII);
  }

  /** The next command asks for the run, and loads the scripts, again. */
  synchronized void forget() {
    run = null;
  }

  RedisFuture<List<Object>> keep(byte[] runOfServer, ClusterMessage message) {
    String channel = message.channel();
    HistoryBounds bounds = Objects.requireNonNull(message.bounds(), "bounds");
    byte[] data = message.data() == null ? new byte[0] : message.data().toBytes();
    return evaluate(
        begin(KEEP, channel, runOfServer, bounds).add(data).add(bytes(codec.encodeKey(channel))));
  }

  RedisFuture<List<Object>> read(byte[] runOfServer, HistoryRequest request) {
    HistoryStart start = request.start();
    String epoch = start.epoch();
    long number = epoch == null ? start.newest() : start.offset();
    RedisFuture<List<Object>> answer =
        evaluate(
            begin(READ, request.channel(), runOfServer, request.bounds())
                .add(epoch == null ? "" : epoch)
                .add(number)
                .add(request.byteLimit()));
    connection.flushCommands();
    return answer;
  }

  private RedisFuture<List<Object>> evaluate(CommandArgs<String, byte[]> arguments) {
    return commands.dispatch(CommandType.EVALSHA, new ArrayOutput<>(codec), arguments);
  }

  private CommandArgs<String, byte[]> begin(
      String script, String channel, byte[] runOfServer, HistoryBounds bounds) {
    return new CommandArgs<>(codec)
        .add(commands.digest(script))
        .add(2)
        .add(key(channel, ":history"))
        .add(key(channel, ":history-state"))
        .add(runOfServer)
        .add(bounds.size())
        .add(bounds.age().toMillis())
        .add(bounds.bytes())
        .add(UUID.randomUUID().toString().replace("-", "").substring(0, EPOCH_LENGTH));
  }

  /** Both keys of a channel are in one slot. */
  private byte[] key(String channel, String suffix) {
    byte[] name = bytes(codec.encodeKey(channel));
    byte[] end = ("}" + suffix).getBytes(US_ASCII);
    byte[] key = new byte[1 + name.length + end.length];
    key[0] = '{';
    System.arraycopy(name, 0, key, 1, name.length);
    System.arraycopy(end, 0, key, 1 + name.length, end.length);
    return key;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    return Arrays.copyOfRange(
        buffer.array(),
        buffer.arrayOffset() + buffer.position(),
        buffer.arrayOffset() + buffer.limit());
  }
}
