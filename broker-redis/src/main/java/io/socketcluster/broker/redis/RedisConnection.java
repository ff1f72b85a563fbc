// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.socketcluster.broker.cluster.BrokerConnection;
import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.protocol.errors.BrokerError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One connection to Redis: what a broker connection is, by the commands of Redis. */
final class RedisConnection implements BrokerConnection {
  private final Commands commands;
  private final Received received;
  private final Confirmations confirmations = new Confirmations();
  private final Stamp stamp;
  private final Duration limit;

  RedisConnection(Commands commands, Received received, Stamp stamp, Duration limit) {
    this.commands = commands;
    this.received = received;
    this.stamp = stamp;
    this.limit = limit;
    commands.addListener(confirmations);
    commands.addListener(received);
  }

  /** An answer that is waited for, and what it is about. */
  private record Asked<T>(T about, RedisFuture<?> answer) {}

  @Override
  public Map<String, BrokerError> subscribe(Collection<String> channels) throws Exception {
    confirmations.expect(channels);
    Map<String, BrokerError> refused = new HashMap<>();
    for (List<String> doubtful : ask(parts(channels, commands.channelsInOne()), refused)) {
      ask(parts(doubtful, 1), refused); // all were refused for the sake of one
    }
    refused.keySet().forEach(confirmations::forget);
    confirmations.await(limit);
    return refused;
  }

  private static List<List<String>> parts(Collection<String> channels, int size) {
    List<String> all = List.copyOf(channels);
    List<List<String>> parts = new ArrayList<>();
    for (int i = 0; i < all.size(); i += size) {
      parts.add(all.subList(i, Math.min(all.size(), i + size)));
    }
    return parts;
  }

  /** Subscribes to parts; returns those that were refused and have more than one channel. */
  private List<List<String>> ask(List<List<String>> parts, Map<String, BrokerError> refused)
      throws Exception {
    List<Asked<List<String>>> asked = new ArrayList<>();
    for (List<String> part : parts) {
      asked.add(new Asked<>(part, commands.subscribe(part)));
    }
    List<List<String>> doubtful = new ArrayList<>();
    for (Asked<List<String>> each : asked) {
      BrokerError error = refusal("subscription", each.answer());
      if (error != null && each.about().size() > 1) {
        doubtful.add(each.about());
      } else if (error != null) {
        refused.put(each.about().getFirst(), error);
      }
    }
    return doubtful;
  }

  /** Waits for an answer; returns why it is no, or null when it is yes. */
  private @Nullable BrokerError refusal(String what, Future<?> answer)
      throws InterruptedException, TimeoutException, ExecutionException {
    try {
      answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return null;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BrokerError known) {
        return known;
      }
      if (e.getCause() instanceof RedisCommandExecutionException refused && isAboutIt(refused)) {
        commands.histories().forget(); // whoever flushes scripts does not close connections
        return new BrokerError("Redis refuses the " + what + ": " + refused.getMessage(), refused);
      }
      throw e;
    }
  }

  /** Whether another command might succeed: a server that is no master any more accepts none. */
  private static boolean isAboutIt(RedisCommandExecutionException refused) {
    String message = String.valueOf(refused.getMessage());
    return !message.startsWith("READONLY")
        && !message.startsWith("LOADING")
        && !message.startsWith("MASTERDOWN")
        && !message.startsWith("CLUSTERDOWN")
        && !message.startsWith("MOVED");
  }

  @Override
  public void unsubscribe(Collection<String> channels) throws Exception {
    received.leave(channels);
    List<RedisFuture<?>> answers = new ArrayList<>();
    for (List<String> part : parts(channels, commands.channelsInOne())) {
      answers.add(commands.unsubscribe(part));
    }
    await(answers);
  }

  @Override
  public Map<Integer, BrokerError> publish(List<ClusterMessage> messages) throws Exception {
    List<Future<?>> answers = new ArrayList<>(messages.size());
    boolean keeps = messages.stream().anyMatch(each -> each.bounds() != null);
    BrokerError unable = keeps ? refusal("scripts", commands.histories().loaded()) : null;
    for (ClusterMessage message : messages) {
      answers.add(message.bounds() == null ? send(message) : keep(unable, message));
    }
    commands.flush();
    Map<Integer, BrokerError> refused = new HashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      BrokerError error = refusal("publish", answers.get(i));
      if (error != null) {
        refused.put(i, error);
      }
    }
    if (keeps) {
      await(commands.pingReceivers()); // each publisher has its message then
    }
    return refused;
  }

  private RedisFuture<?> send(ClusterMessage message) {
    return commands.publish(message.channel(), stamp.put(message.toBytes()));
  }

  private Future<?> keep(@Nullable BrokerError unable, ClusterMessage message) {
    return unable == null
        ? commands.histories().keep(message)
        : CompletableFuture.failedFuture(unable);
  }

  @Override
  public CompletableFuture<HistoryPage> read(HistoryRequest request) {
    HistoryScripts scripts = commands.histories();
    return scripts
        .loaded()
        .thenCompose(done -> scripts.read(request))
        .thenApply(answer -> StreamHistories.page(request, answer))
        .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
        .exceptionallyCompose(failure -> unreadable(scripts, failure));
  }

  private static CompletableFuture<HistoryPage> unreadable(
      HistoryScripts scripts, Throwable failure) {
    Throwable wrapped = failure instanceof CompletionException ? failure.getCause() : null;
    Throwable cause = wrapped == null ? failure : wrapped;
    if (cause instanceof RedisCommandExecutionException) {
      scripts.forget();
    }
    String why = cause instanceof TimeoutException ? "it does not answer" : cause.getMessage();
    return CompletableFuture.failedFuture(
        new BrokerError("Redis refuses to read a history: " + why, cause));
  }

  @Override
  public void check() throws Exception {
    await(commands.ping());
  }

  private void await(List<? extends Future<?>> answers)
      throws InterruptedException, TimeoutException, ExecutionException {
    for (Future<?> answer : answers) {
      answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void close() {
    commands.close();
  }
}
