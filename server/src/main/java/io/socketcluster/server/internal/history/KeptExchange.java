// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.history;

import io.socketcluster.broker.AGExchange;
import io.socketcluster.core.AGChannel;
import io.socketcluster.core.ChannelOptions;
import io.socketcluster.core.ChannelState;
import io.socketcluster.protocol.DataMapper;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.stream.StreamDemux;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The exchange of a server: what it publishes is kept as what clients publish. Immutable. */
public record KeptExchange(AGExchange exchange, ServerChannels channels) implements AGExchange {
  @Override
  public DataMapper dataMapper() {
    return exchange.dataMapper();
  }

  @Override
  public StreamDemux<Object> listenerDemux() {
    return exchange.listenerDemux();
  }

  @Override
  public StreamDemux<Payload> channelDataDemux() {
    return exchange.channelDataDemux();
  }

  @Override
  public StreamDemux<Object> channelEventDemux() {
    return exchange.channelEventDemux();
  }

  @Override
  public <T> AGChannel<T> subscribe(String channelName, ChannelOptions options, Class<T> type) {
    AGChannel<T> channel = channel(channelName, type);
    exchange.subscribe(channelName, options, Payload.class);
    return channel;
  }

  @Override
  public void unsubscribe(String channelName) {
    exchange.unsubscribe(channelName);
  }

  @Override
  public void reportMisfit(String channelName, InvalidArgumentsError misfit) {
    exchange.reportMisfit(channelName, misfit);
  }

  @Override
  public void transmitPublish(String channelName, @Nullable Object data) {
    Rule atBroker = channels.used(channelName);
    if (atBroker == null) {
      exchange.transmitPublish(channelName, data);
      tellPatterns(channelName, data);
    } else {
      keepAtBroker(channelName, data, atBroker)
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  channels.failed(failure);
                }
              });
    }
  }

  @Override
  public CompletableFuture<Void> invokePublish(String channelName, @Nullable Object data) {
    Rule atBroker = channels.used(channelName);
    if (atBroker != null) {
      return keepAtBroker(channelName, data, atBroker);
    }
    CompletableFuture<Void> published = exchange.invokePublish(channelName, data);
    tellPatterns(channelName, data);
    return published;
  }

  private void tellPatterns(String channel, @Nullable Object data) {
    if (channels.ruling().hasPatterns()) {
      channels.tellPatterns(channel, exchange.dataMapper().write(data));
    }
  }

  private CompletableFuture<Void> keepAtBroker(String channel, @Nullable Object data, Rule rule) {
    return channels.keepAtBroker(channel, exchange.dataMapper().write(data), rule);
  }

  @Override
  public ChannelState getChannelState(String channelName) {
    return exchange.getChannelState(channelName);
  }

  @Override
  public ChannelOptions getChannelOptions(String channelName) {
    return exchange.getChannelOptions(channelName);
  }

  @Override
  public Set<String> subscriptions(boolean includePending) {
    return exchange.subscriptions(includePending);
  }
}
