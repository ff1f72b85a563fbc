// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.dispatch;

import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Footprint;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.protocol.errors.AuthTokenExpiredError;
import io.socketcluster.protocol.errors.BrokerError;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.server.AGAction;
import io.socketcluster.server.internal.channels.SocketChannels;
import io.socketcluster.server.internal.heartbeat.ClientVersion;
import io.socketcluster.server.internal.inbound.InboundMiddleware;
import io.socketcluster.server.internal.outbound.ReservedAnswers;
import io.socketcluster.server.internal.tokens.Token;
import io.socketcluster.server.internal.tokens.TokenGrants;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a client does with channels: subscribe, unsubscribe, publish. Event loop only. */
public final class ChannelActions {
  /** The longest channel name in characters. */
  static final int MAX_CHANNEL_NAME = 16_384;

  private final InboundMiddleware middleware;
  private final SocketChannels channels;
  private final TokenGrants grants;
  private final ReservedAnswers answers;
  private final ClientVersion version;
  private @Nullable String subscribing; // the later packets wait, so there is one at most
  private boolean kickedOut; // of that channel

  public ChannelActions(
      InboundMiddleware middleware,
      SocketChannels channels,
      TokenGrants grants,
      ReservedAnswers answers,
      ClientVersion version) {
    this.middleware = middleware;
    this.channels = channels;
    this.grants = grants;
    this.answers = answers;
    this.version = version;
  }

  public void subscribe(EventPacket packet, @Nullable AuthTokenExpiredError expired) {
    String channel = subscribedTo(packet);
    if (channel == null) {
      answers.fail(packet, new InvalidActionError("Subscribe channel name was malformatted"));
      return;
    }
    if (expired != null && waitsForAuth(packet)) {
      answers.refuse(packet, expired);
      return;
    }
    if (!mayBeKept(packet)) {
      answers.fail(packet, new ResourceLimitError("Too much is kept for this socket already"));
      return;
    }
    Token asked = grants.token();
    subscribing = channel;
    kickedOut = false;
    middleware.ask(
        AGAction.Type.SUBSCRIBE,
        channel,
        packet.channelData(),
        expired,
        data -> join(packet, channel, data, asked),
        error -> {
          subscribing = null;
          answers.refuse(packet, error);
        });
  }

  /** The application kicks the socket out: a subscription that is being decided ends, too. */
  public void kickOut(String channel, @Nullable String message) {
    kickedOut |= channel.equals(subscribing);
    grants.kickOut(channel, message);
  }

  /**
   * The application kicks the socket out of all channels: a subscription that is being decided
   * ends, and the caller kicks it out of the channels that this method returns.
   */
  public List<String> refuseForKickOut() {
    kickedOut = true;
    List<String> names = new ArrayList<>(channels.names());
    names.addAll(grants.restingNames());
    return names;
  }

  /** What a subscription came with is kept as long as the subscription may have to be checked. */
  private boolean mayBeKept(EventPacket packet) {
    Payload data = packet.data();
    Footprint footprint = new Footprint();
    footprint.add(data);
    return data == null || channels.hasRoomFor(2 * footprint.bytes());
  }

  public void unsubscribe(EventPacket packet) {
    String channel = nameOf(packet);
    if (channel == null) {
      answers.fail(packet, new InvalidActionError("Unsubscribe channel name was malformatted"));
      return;
    }
    try {
      if (!grants.forget(channel)) {
        channels.remove(channel);
      }
    } catch (InvalidActionError e) {
      answers.fail(packet, brokerError("unsubscribe socket from", channel, e));
      return;
    }
    answers.succeed(packet, packet.data());
  }

  public void publish(EventPacket packet, @Nullable AuthTokenExpiredError expired) {
    if (!channels.allowPublish()) {
      answers.fail(packet, new InvalidActionError("Client publish feature is disabled"));
      return;
    }
    String channel = channelOf(packet);
    if (channel == null || channels.isOfServer(channel)) {
      answers.fail(packet, new InvalidActionError("Publish channel name was malformatted"));
    } else if (middleware.isAbsent()) {
      deliver(packet, channel, packet.channelData());
    } else {
      middleware.ask(
          AGAction.Type.PUBLISH_IN,
          channel,
          packet.channelData(),
          expired,
          data -> deliver(packet, channel, data),
          error -> answers.refuse(packet, error));
    }
  }

  private void join(EventPacket packet, String channel, @Nullable Payload data, Token asked) {
    if (kickedOut) {
      refuseKickedOut(packet, channel);
      return;
    }
    channels.add(
        channel,
        packet.channelData(),
        failure -> {
          subscribing = null;
          if (kickedOut) {
            refuseKickedOut(packet, channel);
          } else if (failure == null) {
            JsonNode told = channels.confirm(channel, () -> optionsOf(packet, data));
            if (told != null) {
              grants.granted(channel, asked, packet.channelData(), told);
            }
            answers.succeed(packet, packet.data());
          } else {
            channels.discard(channel);
            refuse(packet, channel, failure);
          }
        });
  }

  private void refuseKickedOut(EventPacket packet, String channel) {
    subscribing = null;
    answers.refuse(
        packet,
        new InvalidActionError("Socket was kicked out of " + channel + " while it subscribed"));
  }

  /** A client can exceed a limit, but it cannot make a broker fail. */
  private void refuse(EventPacket packet, String channel, Throwable cause) {
    BrokerError error = brokerError("subscribe socket to", channel, cause);
    switch (cause) {
      case ResourceLimitError limit -> answers.fail(packet, limit);
      case AGException known when !(known instanceof BrokerError) -> answers.fail(packet, error);
      default -> answers.failByFault(packet, "The broker failed to subscribe", error);
    }
  }

  private void deliver(EventPacket packet, String channel, @Nullable Payload data) {
    channels.publish(
        channel,
        data,
        failure -> {
          if (failure == null) {
            answers.succeed(packet, data);
          } else {
            answers.failByFault(packet, "The broker failed to publish", failure);
          }
        });
  }

  /** In version 1 up to client 4.0.0, the name is all the data there is. */
  private @Nullable String subscribedTo(EventPacket packet) {
    Payload data = packet.data();
    if (version.mayBeOne() && data != null && data.node().isString()) {
      version.heardOne();
      return bounded(data.node().stringValue());
    }
    return channelOf(packet);
  }

  /** A channel of version 1 that is to wait for a login needs no other answer than its absence. */
  private boolean waitsForAuth(EventPacket packet) {
    Payload data = packet.data();
    return version.isOne() && data != null && data.node().path("waitForAuth").booleanValue(false);
  }

  private @Nullable String channelOf(EventPacket packet) {
    return bounded(packet.channel());
  }

  private @Nullable String bounded(@Nullable String channel) {
    boolean isForClients =
        channel != null && channel.length() <= MAX_CHANNEL_NAME && channels.isForClients(channel);
    return isForClients ? channel : null;
  }

  /** A string, or an object with a channel: the Swift client sends that. */
  private static @Nullable String nameOf(EventPacket packet) {
    Payload data = packet.data();
    if (packet.channel() != null || data == null) {
      return packet.channel();
    }
    JsonNode name = data.node();
    return name.isString() ? name.stringValue() : null;
  }

  private static BrokerError brokerError(String what, String channel, Throwable cause) {
    return new BrokerError("Failed to " + what + " the " + channel + " channel - " + cause, cause);
  }

  /** The options are what the client sent beside the channel's name. */
  private static JsonNode optionsOf(EventPacket packet, @Nullable Payload data) {
    Payload sent = packet.data();
    ObjectNode options =
        sent != null && sent.node() instanceof ObjectNode object
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    options.remove("channel");
    if (data != null) {
      options.set("data", data.node());
    }
    return options;
  }
}
