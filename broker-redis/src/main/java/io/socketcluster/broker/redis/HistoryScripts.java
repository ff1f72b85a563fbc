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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

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
  private final UnaryOperator<String> nodeOf;
  private final Set<Known> known = ConcurrentHashMap.newKeySet();

  /** A script that a server has run. */
  private record Known(String node, String script) {}

  /**
   * @param flush sends the commands
   * @param publish the command that publishes
   * @param nodeOf returns the name of the server that a channel is on
   */
  HistoryScripts(
      RedisClusterAsyncCommands<String, byte[]> commands,
      Runnable flush,
      ChannelCodec codec,
      String publish,
      UnaryOperator<String> nodeOf) {
    this.commands = commands;
    this.flush = flush;
    this.keys = new HistoryKeys(codec);
    this.publish = publish;
    this.nodeOf = nodeOf;
  }

  private static String script(String name) {
    try (InputStream file = HistoryScripts.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the server of a channel has the script that keeps; otherwise the next one sends it. */
  boolean canKeep(String channel) {
    return known.contains(new Known(nodeOf.apply(channel), KEEP));
  }

  /** The next command to each server sends the script again. */
  void forget() {
    known.clear();
  }

  RedisFuture<List<Object>> keep(ClusterMessage message) {
    String channel = message.channel();
    HistoryBounds bounds = Objects.requireNonNull(message.bounds(), "bounds");
    byte[] data = message.data() == null ? new byte[0] : message.data().toBytes();
    return evaluate(
        KEEP,
        channel,
        arguments ->
            bounded(arguments, channel, bounds).add(data).add(publish).add(keys.channel(channel)));
  }

  RedisFuture<List<Object>> read(HistoryRequest request) {
    HistoryStart start = request.start();
    String epoch = start.epoch();
    long number = epoch == null ? start.newest() : start.offset();
    String channel = request.channel();
    RedisFuture<List<Object>> answer =
        evaluate(
            READ,
            channel,
            arguments ->
                bounded(arguments, channel, request.bounds())
                    .add(epoch == null ? "" : epoch)
                    .add(number)
                    .add(request.byteLimit()));
    flush.run();
    return answer;
  }

  /** A server that has not run the script yet is sent its text: no other server is asked for it. */
  private RedisFuture<List<Object>> evaluate(
      String script, String channel, UnaryOperator<CommandArgs<String, byte[]>> addArguments) {
    Known there = new Known(nodeOf.apply(channel), script);
    boolean isKnown = known.contains(there);
    CommandArgs<String, byte[]> arguments =
        new CommandArgs<>(keys).add(isKnown ? commands.digest(script) : script);
    RedisFuture<List<Object>> answer =
        commands.dispatch(
            isKnown ? CommandType.EVALSHA : CommandType.EVAL,
            new ArrayOutput<>(keys),
            addArguments.apply(arguments));
    if (!isKnown) {
      answer.thenRun(() -> known.add(there));
    }
    return answer;
  }

  /** A cluster is sent a command by its first key. */
  private CommandArgs<String, byte[]> bounded(
      CommandArgs<String, byte[]> arguments, String channel, HistoryBounds bounds) {
    return arguments
        .add(2)
        .addKey(channel)
        .add(keys.state(channel))
        .add(bounds.size())
        .add(bounds.age().toMillis())
        .add(bounds.bytes())
        .add(UUID.randomUUID().toString().replace("-", "").substring(0, EPOCH_LENGTH));
  }
}
