// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.socketcluster.protocol.errors.InvalidActionError;
import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.TlsOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that new connections of a listening server get; it can change while the server
 * runs. Thread-safe.
 */
public final class ServerTls {
  private static final int CLOSE_NOTIFY_MILLIS = 1000;

  private final AtomicReference<@Nullable State> state = new AtomicReference<>();

  /** What is in use; no options when the context came from the application. */
  private record State(@Nullable TlsOptions options, SslContext context) {}

  /**
   * Begins with these options, or without TLS.
   *
   * @throws InvalidOptionsError when they cannot be used
   */
  public ServerTls(@Nullable TlsOptions options) {
    if (options != null) {
      use(options);
    }
  }

  /** Returns whether connections are encrypted. */
  public boolean isOn() {
    return state.get() != null;
  }

  /**
   * Reads the files of the options again.
   *
   * @throws InvalidOptionsError when they cannot be used; what was in use stays
   * @throws InvalidActionError when there are none
   */
  public void reload() {
    State current = state.get();
    if (current == null || current.options == null) {
      throw new InvalidActionError("The server has no TLS options to load again");
    }
    use(current.options);
  }

  private void use(TlsOptions options) {
    state.set(new State(options, TlsContexts.of(options)));
  }

  /**
   * Uses other options for the connections to come.
   *
   * @throws InvalidOptionsError when they cannot be used; what was in use stays
   * @throws InvalidActionError when there is no TLS: open connections are without it
   */
  public void replace(TlsOptions options) {
    if (!isOn()) {
      throw new InvalidActionError("The server does not speak TLS");
    }
    use(options);
  }

  /** Uses a context of the application for the connections to come. */
  public void use(SslContext context) {
    if (!context.isServer()) {
      throw new InvalidOptionsError("The SslContext is one for clients; allowed: for servers");
    }
    state.set(new State(null, context));
  }

  /** Puts TLS in front of a new connection, if the server has it. */
  public void secure(Channel channel, Duration handshakeTimeout) {
    State current = state.get();
    if (current != null) {
      // Signing takes a millisecond or more: when all come back at once, the others do not wait.
      SslHandler handler = current.context.newHandler(channel.alloc(), Thread::startVirtualThread);
      handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
      handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
      channel.pipeline().addLast(handler);
    }
  }
}
