// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal.events;

import io.socketcluster.core.ChannelEvent;
import io.socketcluster.core.connection.ConnectionTimer;
import io.socketcluster.core.streams.SocketStreams;
import io.socketcluster.protocol.Payload;
import io.socketcluster.stream.ConsumptionErrorHandler;
import io.socketcluster.stream.StreamDemux;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a socket and of its channels. Those of the socket retain what arrives from the
 * start of a connection until one second after its handshake, those of a channel until one second
 * after its subscription. The streams are thread-safe; retaining is for the event loop.
 */
public final class ClientStreams extends SocketStreams {
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final int RETAINED = 1024;

  private final ConnectionTimer timer;
  private final StreamDemux<Payload> channelData;
  private final StreamDemux<Object> channelEvents;
  private ConnectionTimer.@Nullable Timeout pendingRelease;

  public ClientStreams(ConnectionTimer timer, ConsumptionErrorHandler failures) {
    super(failures);
    this.timer = timer;
    channelData = new StreamDemux<>(failures);
    channelEvents = new StreamDemux<>(failures);
  }

  public StreamDemux<Payload> channelData() {
    return channelData;
  }

  public StreamDemux<Object> channelEvents() {
    return channelEvents;
  }

  /** Begins to retain; what was retained before is dropped. */
  public void retain() {
    release();
    retain(RETAINED, RETAINED);
  }

  /** The connection is open, or has failed: retaining ends soon. */
  public void releaseSoon() {
    if (isRetaining() && pendingRelease == null) {
      pendingRelease = timer.schedule(GRACE, this::release);
    }
  }

  /** Ends retaining if so much has arrived that nobody wants. */
  public void releaseIfSaturated() {
    if (isRetaining() && isSaturated()) {
      release();
    }
  }

  @Override
  public void release() {
    ConnectionTimer.Timeout pending = pendingRelease;
    pendingRelease = null;
    if (pending != null) {
      pending.cancel();
    }
    if (isRetaining()) {
      super.release();
    }
  }

  /** Begins to retain the messages and events of a channel. */
  public void retain(String channel) {
    channelData.retain(channel, RETAINED);
    forEachListener(channel, name -> channelEvents.retain(name, RETAINED));
  }

  /** The channel is subscribed, or will not be: retaining ends soon. */
  public void releaseSoon(String channel) {
    timer.schedule(GRACE, () -> release(channel));
  }

  private void release(String channel) {
    channelData.release(channel);
    forEachListener(channel, channelEvents::release);
  }

  private static void forEachListener(String channel, Consumer<String> action) {
    ChannelEvent.ALL.forEach(event -> action.accept(channel + "/" + event.name()));
  }
}
