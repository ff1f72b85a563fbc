// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.UpgradeRequest;
import io.socketcluster.server.spi.PeerEvent;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one socket, over requests of HTTP that come and go, or a WebSocket. It belongs
 * to the event loop of the request that opened it. Event loop only, but for {@link #execute},
 * {@link #id} and {@link #accepts}.
 */
public final class HttpSession {
  /** Told what becomes of a session, on its event loop. */
  public interface Listener {
    /** The socket is there; messages may be sent to it. */
    void onOpen(HttpSession session);

    /** The server refuses the connection; the session is about to end. */
    void onRefused(HttpSession session, PeerEvent.Refused refusal);

    /** The session has ended and has no carrier any more. */
    void onClosed(HttpSession session);
  }

  private final String id;
  private final SessionChannel channel;
  private final EventLoop loop;
  private final Inbox inbox;
  private final SessionClock clock;
  private final Listener listener;
  private final Outbox outbox = new Outbox();
  private final @Nullable String origin;
  private volatile @Nullable AGServerSocket socket;
  private @Nullable Carrier carrier;
  private boolean isReady; // the carrier can take a batch now
  private long firstOfBatch;

  HttpSession(
      String id, UpgradeRequest request, EventLoop loop, SessionTimes times, Listener listener) {
    this.id = id;
    this.loop = loop;
    this.listener = listener;
    this.origin = request.header("origin");
    this.channel = new SessionChannel(new Owner(), request.remoteAddress(), request.remotePort());
    this.inbox = new Inbox(channel);
    this.clock = new SessionClock(loop, times, new Ticks());
  }

  /** Registers the channel; the listener is told what follows, perhaps before this returns. */
  void begin(ChannelHandler socket) {
    channel.pipeline().addLast(new Told(), socket);
    loop.register(channel);
    clock.begin();
  }

  /** Returns the secret by which the client proves that the session is its own. Any thread. */
  public String id() {
    return id;
  }

  /** Returns the channel, for what has to be done when it closes. Any thread. */
  public Channel channel() {
    return channel;
  }

  /**
   * Returns the socket. Any thread.
   *
   * @throws IllegalStateException before the listener is told that the session is open
   */
  public AGServerSocket socket() {
    AGServerSocket accepted = socket;
    if (accepted == null) {
      throw new IllegalStateException("Not open yet");
    }
    return accepted;
  }

  /** Returns whether a request may use the session: it has the origin of the first one, or none. */
  public boolean accepts(UpgradeRequest request) {
    String sent = request.header("origin");
    return sent == null || origin == null || sent.equals(origin);
  }

  /** Runs a task on the event loop of the session. Any thread. */
  public void execute(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
      return;
    }
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      // the loop has ended, and the session with it
    }
  }

  /** Returns whether the session has not ended. */
  public boolean isOpen() {
    return channel.isActive();
  }

  // To the client.

  /** Sends a message that is not the socket's, such as an answer to a ping of the transport. */
  public void sendOwn(ByteBuf message) {
    if (channel.isActive() && channel.isWritable()) {
      channel.unsafe().write(message, channel.voidPromise());
      channel.unsafe().flush();
    } else {
      message.release(); // a client that asks and does not read
    }
  }

  /** Sets who carries from now on what is sent; the one before is released. */
  public void attach(Carrier next) {
    Carrier before = carrier;
    carrier = next;
    isReady = true;
    if (before != null) {
      before.release();
    }
    clock.attached(next.lasts());
    channel.unsafe().flush();
  }

  /** The carrier has gone, or has taken all that it can. */
  public void detach(Carrier gone) {
    if (isCarriedBy(gone)) {
      carrier = null;
      isReady = false;
      clock.detached();
    }
  }

  /** Ends what carries the messages now, if anything does: a poll is answered without any. */
  public void release() {
    Carrier by = carrier;
    if (by != null) {
      carrier = null;
      isReady = false;
      by.release();
      clock.detached();
    }
  }

  /** Returns whether this is what carries the messages now. */
  @SuppressWarnings("ReferenceEquality") // each carrier is itself
  public boolean isCarriedBy(@Nullable Carrier given) {
    return given != null && carrier == given;
  }

  /** The carrier has sent its messages and can take more. */
  public void carried(Carrier by) {
    if (isCarriedBy(by)) {
      isReady = true;
      channel.unsafe().flush();
    }
  }

  private void carry(ChannelOutboundBuffer waiting) {
    Carrier by = carrier;
    if (by == null || !isReady || waiting.current() == null) {
      return;
    }
    Outbox.Batch batch = outbox.next(waiting);
    ByteBuf mark = batch.mark();
    if (mark != null) {
      int code = CloseMark.codeOf(mark);
      String reason = CloseMark.reasonOf(mark);
      mark.release();
      isReady = false;
      carrier = null;
      firstOfBatch = batch.first();
      by.close(batch.messages(), code, reason);
      loop.execute(channel::close); // not while it writes
    } else if (!batch.messages().isEmpty()) {
      isReady = false;
      firstOfBatch = batch.first();
      by.send(batch.messages());
    }
  }

  // What the client acknowledges.

  /**
   * From now on, messages stay until the client has acknowledged them, and count as what waits for
   * it. Called before the first one is sent.
   */
  public void awaitAcknowledgements() {
    outbox.awaitAcknowledgements();
  }

  /** Returns the number of the first message of the batch that a carrier was given last. */
  public long firstOfBatch() {
    return firstOfBatch;
  }

  /**
   * The client has received this many messages of the session.
   *
   * @return false if so many were not sent
   */
  public boolean acknowledge(long received) {
    return outbox.acknowledge(received, channel.unsafe().outboundBuffer());
  }

  /**
   * Returns the number of the last message that a carrier was given since {@link #rewind}; 0 unless
   * the client acknowledges.
   */
  public long sent() {
    return outbox.sent();
  }

  /** The next carrier begins with the first message that is not acknowledged. */
  public void rewind() {
    outbox.rewind();
  }

  // From the client.

  /**
   * Passes messages on to the socket.
   *
   * @param taken runs when the socket has taken them all, or takes nothing any more
   */
  public void receive(List<byte[]> messages, Runnable taken) {
    if (channel.isActive()) {
      inbox.add(messages, taken);
    } else {
      taken.run();
    }
  }

  /** Returns whether the socket has not taken all that came. */
  public boolean isBehind() {
    return inbox.isBehind();
  }

  /** The client lives. */
  public void heard() {
    clock.heard();
    if (channel.isActive()) {
      channel.pipeline().fireUserEventTriggered(PeerEvent.Heard.HEARD);
    }
  }

  /** The client leaves on purpose. */
  public void leave(int code, String reason) {
    if (channel.isActive()) {
      channel.pipeline().fireUserEventTriggered(new PeerEvent.Left(code, reason));
      channel.close();
    }
  }

  /** Ends the session at once: its connection is lost. */
  public void close() {
    channel.close();
  }

  private void ended() {
    clock.end();
    inbox.end();
    Carrier by = carrier;
    carrier = null;
    if (by != null) {
      by.release();
    }
    listener.onClosed(this);
  }

  /** Answers the channel of the session. */
  private final class Owner implements SessionChannel.Owner {
    @Override
    public void carry(ChannelOutboundBuffer waiting) {
      HttpSession.this.carry(waiting);
    }

    @Override
    public void readable() {
      inbox.proceed();
    }

    @Override
    public void closed() {
      ended();
    }
  }

  /** Acts when the clock of the session says so. */
  private final class Ticks implements SessionClock.Owner {
    @Override
    public void pollIsOver() {
      release();
    }

    @Override
    public void probe() {
      Carrier by = carrier;
      if (by != null) {
        by.probe();
      }
    }

    @Override
    public void isGone() {
      channel.close();
    }
  }

  /** Hears what the server tells. */
  private final class Told extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      switch (event) {
        case PeerEvent.Refused refusal -> listener.onRefused(HttpSession.this, refusal);
        case PeerEvent.Accepted(AGServerSocket accepted) -> {
          socket = accepted;
          listener.onOpen(HttpSession.this);
        }
        default -> ctx.fireUserEventTriggered(event);
      }
    }
  }

  @Override
  public String toString() {
    return "HttpSession[" + (isOpen() ? "open" : "closed") + "]"; // the id is a secret
  }
}
