// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
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
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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

  private final RedisClusterAsyncCommands<String, byte[]> commands;
  private final Runnable flush;
  private final HistoryKeys keys;
  private final String publish;
  private @Nullable CompletableFuture<Void> loaded; // guarded by this

  /**
   * @param flush sends the commands
   * @param publish the command that publishes
   */
  HistoryScripts(
      RedisClusterAsyncCommands<String, byte[]> commands,
      Runnable flush,
      ChannelCodec codec,
      String publish) {
    this.commands = commands;
    this.flush = flush;
    this.keys = new HistoryKeys(codec);
    this.publish = publish;
  }

  private static String script(String name) {
    try (InputStream file = HistoryScripts.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what completes when all servers have the scripts, or fails. */
  synchronized CompletableFuture<Void> loaded() {
    CompletableFuture<Void> known = loaded;
    if (known == null) {
      known =
          CompletableFuture.allOf(
              commands.scriptLoad(KEEP).toCompletableFuture(),
              commands.scriptLoad(READ).toCompletableFuture());
      loaded = known;
      flush.run();
    }
    return known;
  }

  /** The next command loads the scripts again. */
  synchronized void forget() {
    loaded = null;
  }

  RedisFuture<List<Object>> keep(ClusterMessage message) {
    String channel = message.channel();
    HistoryBounds bounds = Objects.requireNonNull(message.bounds(), "bounds");
    byte[] data = message.data() == null ? new byte[0] : message.data().toBytes();
    return evaluate(begin(KEEP, channel, bounds).add(data).add(publish).add(keys.channel(channel)));
  }

  RedisFuture<List<Object>> read(HistoryRequest request) {
    HistoryStart start = request.start();
    String epoch = start.epoch();
    long number = epoch == null ? start.newest() : start.offset();
    RedisFuture<List<Object>> answer =
        evaluate(
            begin(READ, request.channel(), request.bounds())
                .add(epoch == null ? "" : epoch)
                .add(number)
                .add(request.byteLimit()));
    flush.run();
    return answer;
  }

  private RedisFuture<List<Object>> evaluate(CommandArgs<String, byte[]> arguments) {
    return commands.dispatch(CommandType.EVALSHA, new ArrayOutput<>(keys), arguments);
  }

  /** A cluster is sent a command by its first key. */
  private CommandArgs<String, byte[]> begin(String script, String channel, HistoryBounds bounds) {
    return new CommandArgs<>(keys)
        .add(commands.digest(script))
        .add(2)
        .addKey(channel)
        .add(keys.state(channel))
        .add(bounds.size())
        .add(bounds.age().toMillis())
        .add(bounds.bytes())
        .add(UUID.randomUUID().toString().replace("-", "").substring(0, EPOCH_LENGTH));
  }
}
