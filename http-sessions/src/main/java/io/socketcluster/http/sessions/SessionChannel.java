// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a socket that has no connection of its own: what is written waits in the
 * channel's outbound buffer until the session has somebody to carry it. Above the write buffer's
 * high watermark the socket's own queue, limits and policies apply, as for a slow reader.
 */
final class SessionChannel extends AbstractChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false);

  /** The session as its channel needs it. Called on the event loop. */
  interface Owner {
    /** Takes what can be carried now out of the buffer. */
    void carry(ChannelOutboundBuffer waiting);

    /** The socket reads again. */
    void readable();

    /** The channel is closed. */
    void closed();
  }

  private final ChannelConfig config = new DefaultChannelConfig(this);
  private final Owner owner;
  private final @Nullable InetSocketAddress remote;
  private boolean closed;

  SessionChannel(Owner owner, @Nullable InetAddress remote, int port) {
    super(null);
    this.owner = owner;
    this.remote = remote == null ? null : new InetSocketAddress(remote, port);
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public boolean isActive() {
    return !closed;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new SessionUnsafe();
  }

  private final class SessionUnsafe extends AbstractUnsafe {
    @Override
    public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
      promise.setFailure(new UnsupportedOperationException("A session is connected"));
    }
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return true;
  }

  @Override
  @SuppressWarnings("NullAway") // a channel has no address until it is bound
  protected SocketAddress localAddress0() {
    return null;
  }

  @Override
  @SuppressWarnings("NullAway") // the transport of a test may have no address
  protected SocketAddress remoteAddress0() {
    return remote;
  }

  @Override
  protected void doRegister(ChannelPromise promise) {
    Objects.requireNonNull(promise).setSuccess();
  }

  @Override
  protected void doBind(SocketAddress local) {
    throw new UnsupportedOperationException("A session is not bound");
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  @Override
  protected void doClose() {
    if (!closed) {
      closed = true;
      owner.closed();
    }
  }

  @Override
  protected void doBeginRead() {
    owner.readable();
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer waiting) {
    owner.carry(waiting);
  }
}
