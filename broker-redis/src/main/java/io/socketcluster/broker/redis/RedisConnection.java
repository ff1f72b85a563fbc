// SPDX-License-Identifier: MIT
package io.socketcluster.broker.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.socketcluster.broker.cluster.BrokerConnection;
import io.socketcluster.broker.cluster.ClusterMessage;
import io.socketcluster.broker.cluster.ConnectionEvents;
import io.socketcluster.broker.history.HistoryPage;
import io.socketcluster.broker.history.HistoryRequest;
import io.socketcluster.protocol.errors.BrokerError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final ConnectionEvents events;
  private final Duration limit;

  RedisConnection(
      Commands commands, Received received, Stamp stamp, ConnectionEvents events, Duration limit) {
    this.commands = commands;
    this.received = received;
    this.stamp = stamp;
    this.events = events;
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
    Set<String> kept = new HashSet<>();
    for (ClusterMessage message : messages) {
      if (message.bounds() == null) {
        answers.add(send(message));
      } else {
        kept.add(message.channel());
        answers.add(keep(message));
      }
    }
    commands.flush();
    Map<Integer, BrokerError> refused = new HashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      BrokerError error = refusal("publish", answers.get(i));
      if (error != null) {
        refused.put(i, error);
      }
    }
    awaitReceipt(kept);
    return refused;
  }

  private RedisFuture<?> send(ClusterMessage message) {
    return commands.publish(message.channel(), stamp.put(message.toBytes()));
  }

  /** Waits for the first answer of a server: those behind it rely on the script that it brings. */
  private Future<?> keep(ClusterMessage message) throws Exception {
    HistoryScripts scripts = commands.histories();
    boolean isFirst = !scripts.canKeep(message.channel());
    Future<?> answer = scripts.keep(message);
    if (isFirst) {
      commands.flush();
      BrokerError error = refusal("publish", answer);
      return error == null ? answer : CompletableFuture.failedFuture(error);
    }
    return answer;
  }

  /** Each publisher has its message then. Redis has taken it over, whatever happens here. */
  private void awaitReceipt(Set<String> channels) throws InterruptedException {
    try {
      await(channels.isEmpty() ? List.of() : commands.pingReceivers(channels));
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      events.lost(e);
    }
  }

  @Override
  public CompletableFuture<HistoryPage> read(HistoryRequest request) {
    HistoryScripts scripts = commands.histories();
    return scripts
        .read(request)
        .thenApply(answer -> StreamHistories.page(request, answer))
        .toCompletableFuture()
        .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
        .exceptionallyCompose(failure -> unreadable(scripts, failure));
  }

  private static CompletableFuture<HistoryPage> unreadable(
      HistoryScripts scripts, Throwable failure) {
    Throwable wrapped = failure instanceof CompletionException ? failure.getCause() : null;
    Throwable cause = wrapped == null ? failure : wrapped;
    scripts.forget();
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
