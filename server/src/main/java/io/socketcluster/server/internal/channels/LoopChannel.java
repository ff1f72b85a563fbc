// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.channels;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.socketcluster.broker.ChannelMessage;
import io.socketcluster.broker.ChannelSubscriber;
import io.socketcluster.core.deltas.DeltaForm;
import io.socketcluster.protocol.CodecEngine;
import io.socketcluster.protocol.EventPacket;
import io.socketcluster.protocol.Payload;
import io.socketcluster.server.MiddlewareLine;
import io.socketcluster.server.SlowConsumerPolicy;
import io.socketcluster.server.internal.channels.DeltaSending.Difference;
import io.socketcluster.server.internal.history.ChannelHistory;
import io.socketcluster.server.internal.history.Kept;
import io.socketcluster.server.internal.middleware.ActionLines;
import io.socketcluster.server.internal.outbound.Recipient;
import io.socketcluster.server.internal.outbound.SharedFrame;
import io.socketcluster.server.internal.outbound.SocketWriter;
import io.socketcluster.server.internal.rules.PatternMessage;
import io.socketcluster.server.internal.rules.ServerRules;
import io.socketcluster.server.internal.wire.WaitingRule;
import io.socketcluster.server.spi.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one channel on one event loop whose connections have one format: for the
 * broker, or for a history, they are one subscriber. Event loop only, but for the deliveries.
 */
final class LoopChannel implements ChannelSubscriber, ChannelHistory.Follower {
  private final ChannelKey key;
  private final String name;
  private final CodecEngine codec;
  private final WireFormat format;
  private final LoopMailbox mailbox;
  private final ActionLines lines;
  private final List<Membership> members = new ArrayList<>(2);
  private @Nullable ChannelHistory history;
  private @Nullable ChannelWaiting waiting; // set before the broker knows this
  private @Nullable ServerRules filter; // of a pattern
  private @Nullable DeltaSending deltas; // set before the broker or a history knows this
  private int newcomers;
  private CompletableFuture<Void> subscribed = new CompletableFuture<>();

  /** One socket's place among the members. */
  static final class Membership implements Recipient {
    private final LoopChannel channel;
    private final SocketWriter writer;
    private int index = -1;
    private boolean confirmed;
    private @Nullable Grant grant;
    private boolean left;
    private final @Nullable DeltaChain chain;

    private Membership(LoopChannel channel, SocketWriter writer) {
      this.channel = channel;
      this.writer = writer;
      this.chain = channel.deltas == null ? null : new DeltaChain();
    }

    /** Returns what the socket was sent for certain, in a channel that sends differences. */
    DeltaChain chain() {
      return Objects.requireNonNull(chain, "chain");
    }

    private boolean isNewcomer() {
      return index < 0;
    }

    SocketWriter writer() {
      return writer;
    }

    LoopChannel channel() {
      return channel;
    }

    /** Returns whether the subscription is in force and was told. */
    boolean isConfirmed() {
      return confirmed;
    }

    void confirm() {
      confirmed = true;
    }

    /** Returns what a token was needed for, or null. */
    @Nullable Grant grant() {
      return grant;
    }

    void grant(@Nullable Grant newGrant) {
      grant = newGrant;
    }

    /** Returns how many publishes of a run, from the first, may be sent as they are. */
    private int allowedOf(List<Delivery> run) {
      int count = 0;
      while (count < run.size()
          && writer.allows(run.get(count).frame(), run.get(count).data(), this)) {
        count++;
      }
      return count;
    }

    /** Sends a run in one piece, or each by itself if that is not possible. */
    private void sendTogether(List<Delivery> run, ByteBuf frames, boolean asked) {
      int allowed = asked ? allowedOf(run) : run.size();
      WaitingRule rule = run.getFirst().frame().rule();
      if (allowed < run.size() || !writer.publishTogether(frames, rule)) {
        sendEach(run, allowed, asked);
      }
    }

    /** Tells what is no message: the middleware is not asked, and no policy drops it. */
    void sendNote(Payload note) {
      writer.send(EventPacket.publish(channel.name, note));
    }

    /** Sends a run of which so many are allowed; the one behind those is decided otherwise. */
    private void sendEach(List<Delivery> run, int allowed, boolean asked) {
      for (int i = 0; i < run.size(); i++) {
        Delivery next = run.get(i);
        if (i < allowed) {
          writer.publish(next.frame(), next.data(), this, false);
        } else if (i == allowed) {
          writer.publishAsked(next.frame(), next.data(), this);
        } else {
          writer.publish(next.frame(), next.data(), this, asked);
        }
      }
    }

    @Override
    public String channelName() {
      return channel.name;
    }

    @Override
    public boolean hasLeft() {
      return left;
    }
  }

  LoopChannel(ChannelKey key, CodecEngine codec, LoopMailbox mailbox, ActionLines lines) {
    this.key = key;
    this.name = key.channel();
    this.codec = codec;
    this.format = key.format();
    this.mailbox = mailbox;
    this.lines = lines;
  }

  String name() {
    return name;
  }

  ChannelKey key() {
    return key;
  }

  /** A policy says what becomes of messages that wait for a slow client. */
  void waitsBy(@Nullable ChannelWaiting ofPolicy) {
    waiting = ofPolicy;
  }

  /**
   * Returns whether a slow client is disconnected before a message of this channel is dropped.
   *
   * @param ofServer the policy of the server
   */
  boolean dropsNothing(SlowConsumerPolicy ofServer) {
    ChannelWaiting rules = waiting;
    return rules == null
        ? ofServer == SlowConsumerPolicy.DISCONNECT
        : rules.keyProperty() == null
            && rules.rule().policyOr(ofServer) == SlowConsumerPolicy.DISCONNECT;
  }

  /** The messages are those of many channels: each member is sent what the rules allow it. */
  void filteredBy(ServerRules rules) {
    filter = rules;
  }

  /** The members are sent differences where they have the value before. */
  void sendsDeltas(DeltaSending sending) {
    deltas = sending;
  }

  /** Returns what sends the members differences, or null. */
  @Nullable DeltaSending deltas() {
    return deltas;
  }

  /** The messages come from a history, with their positions. */
  void follows(ChannelHistory followed) {
    history = followed;
    subscribed = followed.subscribed();
  }

  /** Returns the history that the messages come from, or null. */
  @Nullable ChannelHistory history() {
    return history;
  }

  void subscribedWhen(CompletableFuture<Void> future) {
    subscribed = future;
  }

  /** Returns what completes when the broker delivers to this channel, or fails. */
  CompletableFuture<Void> subscribed() {
    return subscribed;
  }

  /** Runs on the publishing thread, under the channel's lock. */
  @Override
  public void deliver(ChannelMessage message) {
    DeltaSending sending = deltas;
    if (sending != null) {
      mailbox.post(sending.delivery(this, message, ruleOf(message)));
      return;
    }
    SharedFrame frame =
        message.encoding(
            format, SharedFrame.class, each -> SharedFrame.of(each, codec, format, ruleOf(each)));
    mailbox.post(new Delivery(this, frame.retained(), message.data(), null));
  }

  private WaitingRule ruleOf(ChannelMessage message) {
    return waiting == null ? WaitingRule.PUBLISH : waiting.about(message.data());
  }

  /** Runs on the publishing thread, under the lock of the history. */
  @Override
  public void deliver(ChannelMessage enveloped, Kept kept, SharedFrame.Envelope envelope) {
    DeltaSending sending = deltas;
    mailbox.post(
        sending == null
            ? delivery(enveloped, kept.data(), envelope)
            : sending.delivery(this, enveloped, kept.data(), envelope, WaitingRule.KEPT));
  }

  private Delivery delivery(
      ChannelMessage enveloped, @Nullable Payload data, SharedFrame.Envelope envelope) {
    SharedFrame frame = frame(enveloped, envelope, WaitingRule.KEPT);
    return new Delivery(this, frame.retained(), data, null);
  }

  /** Returns a delivery of what a newcomer has missed. */
  Delivery pastDelivery(@Nullable Payload data, SharedFrame.Envelope envelope) {
    SharedFrame.Envelope form =
        deltas == null ? envelope : each -> envelope.around(DeltaForm.passing(each));
    ChannelMessage enveloped = new ChannelMessage(name, form.around(data));
    try {
      return delivery(enveloped, data, form);
    } finally {
      enveloped.delivered();
    }
  }

  /** Returns the frame of a message in the format of the members. */
  SharedFrame frame(ChannelMessage message, SharedFrame.Envelope envelope, WaitingRule rule) {
    return message.encoding(
        format, SharedFrame.class, each -> SharedFrame.of(each, codec, format, envelope, rule));
  }

  @Override
  public void deliverNote(Payload note) {
    mailbox.post(new Note(this, note));
  }

  /** Tells all members what is no message. */
  void send(Note note) {
    for (int i = 0; i < members.size(); i++) {
      members.get(i).sendNote(note.data());
    }
  }

  Membership add(SocketWriter writer) {
    Membership membership = addNewcomer(writer);
    admit(membership);
    return membership;
  }

  /** Adds somebody who is not sent what is published before {@link #admit}. */
  Membership addNewcomer(SocketWriter writer) {
    newcomers++;
    return new Membership(this, writer);
  }

  void admit(Membership newcomer) {
    newcomers--;
    newcomer.index = members.size();
    members.add(newcomer);
  }

  /** Removes a member by moving the last one to its place. */
  void remove(Membership membership) {
    membership.left = true;
    if (membership.isNewcomer()) {
      newcomers--;
      return;
    }
    Membership last = members.removeLast();
    if (last != membership) {
      members.set(membership.index, last);
      last.index = membership.index;
    }
  }

  /** Returns how many sockets are subscribed on this event loop. */
  int size() {
    return members.size();
  }

  boolean isEmpty() {
    return members.isEmpty() && newcomers == 0;
  }

  /** Sends deliveries of this channel to the members. */
  void send(List<Delivery> run) {
    boolean isWorthCopying = run.size() > 1 && members.size() > 1;
    DeltaSending sending = deltas;
    if (isWorthCopying && sending != null && !hasMiddleware()) {
      sending.sendTogether(run, members);
    } else if (isWorthCopying && !mayBlock() && isSentAsItIs()) {
      sendTogether(run);
    } else {
      run.forEach(this::send);
    }
  }

  private boolean isSentAsItIs() {
    return waiting == null && filter == null && deltas == null;
  }

  private boolean mayBlock() {
    return hasMiddleware() && !lines.isNonBlocking(MiddlewareLine.OUTBOUND);
  }

  /** Copying what all of them get is worth it: each of them then costs one piece, not many. */
  private void sendTogether(List<Delivery> run) {
    boolean asked = hasMiddleware();
    ByteBuf frames = ByteBufAllocator.DEFAULT.directBuffer(sizeOf(run));
    try {
      run.forEach(delivery -> copy(delivery.frame(), frames));
      for (int i = 0; i < members.size(); i++) {
        members.get(i).sendTogether(run, frames, asked);
      }
    } finally {
      frames.release();
    }
  }

  /** Sends one member alone what the others were sent before. */
  void send(Membership member, List<Delivery> run) {
    if (mayBlock()) {
      run.forEach(each -> member.writer.publish(each.frame(), each.data(), member, true));
      return;
    }
    ByteBuf frames = ByteBufAllocator.DEFAULT.directBuffer(sizeOf(run));
    try {
      run.forEach(delivery -> copy(delivery.frame(), frames));
      member.sendTogether(run, frames, hasMiddleware());
    } finally {
      frames.release();
    }
  }

  private boolean hasMiddleware() {
    return !lines.isAbsent(MiddlewareLine.OUTBOUND);
  }

  static void copy(SharedFrame from, ByteBuf frames) {
    ByteBuf shared = from.frame();
    frames.writeBytes(shared, shared.readerIndex(), shared.readableBytes());
  }

  /** Returns how many bytes a member is sent, at least most of them. */
  static int sizeOf(List<Delivery> run) {
    int size = 0;
    for (Delivery delivery : run) {
      size += delivery.size();
    }
    return size;
  }

  private void send(Delivery delivery) {
    if (filter != null) {
      sendFiltered(delivery, filter);
      return;
    }
    DeltaSending sending = deltas;
    Difference difference = delivery.difference();
    if (sending != null && difference != null) {
      sendDifference(delivery, difference, sending);
      return;
    }
    boolean asked = hasMiddleware();
    for (int i = 0; i < members.size(); i++) {
      Membership member = members.get(i);
      member.writer.publish(delivery.frame(), delivery.data(), member, asked);
    }
  }

  private void sendDifference(Delivery delivery, Difference difference, DeltaSending sending) {
    boolean asked = hasMiddleware();
    for (int i = 0; i < members.size(); i++) {
      sending.send(delivery, difference, members.get(i), asked);
    }
  }

  private void sendFiltered(Delivery delivery, ServerRules rules) {
    String about = PatternMessage.channelOf(delivery.data());
    if (about == null) {
      return;
    }
    boolean asked = hasMiddleware();
    for (int i = 0; i < members.size(); i++) {
      Membership member = members.get(i);
      if (rules.mayReceive(member.writer.socket(), about)) {
        member.writer.publish(delivery.frame(), delivery.data(), member, asked);
      }
    }
  }

  /**
   * A frame on its way to the members, and the data in it; it owns one reference.
   *
   * @param difference what members are sent who have the value before, or null
   */
  record Delivery(
      LoopChannel channel,
      SharedFrame frame,
      @Nullable Payload data,
      @Nullable Difference difference)
      implements LoopMailbox.Posted {
    /** Returns how many bytes each member is sent, at least most of them. */
    int size() {
      return smaller().frame().readableBytes();
    }

    /** Returns the frame of the difference if there is one, else that of the value. */
    SharedFrame smaller() {
      SharedFrame ofDifference = difference == null ? null : difference.frame();
      return ofDifference == null ? frame : ofDifference;
    }

    void release() {
      frame.release();
      if (difference != null) {
        difference.release();
      }
    }
  }

  /** A note to all members beside the messages, in its place among them. */
  record Note(LoopChannel channel, Payload data) implements LoopMailbox.Posted {}
}
