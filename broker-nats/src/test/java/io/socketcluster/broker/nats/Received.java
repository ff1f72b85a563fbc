// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats;

import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.broker.ChannelSubscriber;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The JSON of what a subscriber was given. */
final class Received implements ChannelSubscriber {
  private final List<String> json = new CopyOnWriteArrayList<>();

  @Override
  public void deliver(ChannelMessage message) {
    json.add(String.valueOf(message.data()));
  }

  List<String> json() {
    return json;
  }
}
