// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.outbound;

import io.socketcluster.client.AGClientOptions;
import io.socketcluster.client.internal.channels.ChannelNames;
import io.socketcluster.client.internal.connection.OutboundEvent;
import io.socketcluster.client.internal.loop.HandOver;
import io.socketcluster.client.spi.ClientObserver;
import io.socketcluster.core.connection.ApplicationThreads;
import io.socketcluster.core.connection.PendingCalls;
import io.socketcluster.protocol.DataBinding;
import io.socketcluster.protocol.Payload;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The transmits, invokes and publishes of the application. Thread-safe. */
public final class ClientCalls {
  private final Supplier<AGClientOptions> options;
  private final ChannelNames names;
  private final Outbound outbound;
  private final HandOver handOver;

  /** Creates the calls of a socket. */
  public ClientCalls(
      Supplier<AGClientOptions> options, ChannelNames names, Outbound outbound, HandOver handOver) {
    this.options = options;
    this.names = names;
    this.outbound = outbound;
    this.handOver = handOver;
  }

  /** Sends an event to which there is no answer. */
  public void transmit(String event, @Nullable Object data) {
    outbound.accept(OutboundEvent.event(event, write(data), null, deadline(ackTimeout())));
  }

  /** Calls a procedure; the answer is bound and handed over on a virtual thread. */
  public <T> CompletableFuture<T> invoke(
      String event, @Nullable Object data, DataBinding<T> binding, Duration ackTimeout) {
    PendingCalls.checkAckTimeout(ackTimeout);
    return handOver.of(ask(event, data, ackTimeout), binding::bind);
  }

  /** Calls a procedure and waits for its answer. */
  public <T> T call(String event, @Nullable Object data, DataBinding<T> binding)
      throws InterruptedException {
    return binding.bind(ApplicationThreads.await(ask(event, data, ackTimeout())));
  }

  /** The future is completed on the event loop: not for the application. */
  private CompletableFuture<@Nullable Payload> ask(
      String event, @Nullable Object data, Duration ackTimeout) {
    CompletableFuture<@Nullable Payload> answer = new CompletableFuture<>();
    OutboundEvent call = OutboundEvent.event(event, write(data), answer, deadline(ackTimeout));
    outbound.accept(call.tracedBy(observe(observer().callStarted(event), answer)), answer);
    return answer;
  }

  /** Publishes without an answer. */
  public void transmitPublish(String channel, @Nullable Object data) {
    outbound.accept(
        OutboundEvent.publish(names.decorated(channel), write(data), null, deadline(ackTimeout())));
  }

  /** Publishes; the future completes when the server has accepted it. */
  public CompletableFuture<Void> invokePublish(String channel, @Nullable Object data) {
    CompletableFuture<@Nullable Payload> answer = new CompletableFuture<>();
    OutboundEvent publish =
        OutboundEvent.publish(
            names.decorated(channel), write(data), answer, deadline(ackTimeout()));
    observe(observer().publishStarted(channel), answer);
    outbound.accept(publish, answer);
    return handOver.<@Nullable Payload, @Nullable Payload>of(answer, any -> any).thenRun(() -> {});
  }

  private ClientObserver observer() {
    return options.get().clientObserver();
  }

  /** Tells an operation when it ends, and returns the trace that it wants carried. */
  private static @Nullable String observe(
      ClientObserver.@Nullable Operation operation, CompletableFuture<@Nullable Payload> answer) {
    if (operation == null) {
      return null;
    }
    answer.whenComplete((data, error) -> operation.ended(error));
    return operation.traceparent();
  }

  private @Nullable Payload write(@Nullable Object data) {
    return options.get().dataMapper().writeData(data);
  }

  private long deadline(Duration ackTimeout) {
    return outbound.deadline(ackTimeout);
  }

  private Duration ackTimeout() {
    return options.get().ackTimeout();
  }
}
