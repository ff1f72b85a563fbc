// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

import io.socketcluster.core.SocketState;
import io.socketcluster.protocol.Payload;
import io.socketcluster.protocol.ReservedEvents;
import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.protocol.errors.ResourceLimitError;
import io.socketcluster.protocol.errors.TimeoutError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the application sends: at once when the socket is open, else when it is. Any thread may
 * {@linkplain #accept send}, the rest is for the event loop.
 */
final class Outbound {
  private final DefaultClientSocket socket;
  private final SocketLoop loop;
  private final Set<OutboundEvent> waiting = new LinkedHashSet<>();
  private final AtomicLong bytes = new AtomicLong(); // accepted and not yet written

  Outbound(DefaultClientSocket socket, SocketLoop loop) {
    this.socket = socket;
    this.loop = loop;
  }

  /**
   * Sends an event, and connects before if need be.
   *
   * @throws ResourceLimitError when too much waits already
   */
  void accept(OutboundEvent event) {
    reserve("Event " + event.event(), event.size());
    loop.run(() -> dispatch(event));
  }

  /** Sends a message that is no packet, if there is a connection; refuses it as an event. */
  void acceptRaw(byte[] message, boolean binary) {
    reserve("A message", message.length);
    loop.run(
        () -> {
          Connection connection = socket.parts().cycle().connection();
          if (connection == null) {
            release(message.length);
          } else {
            connection.sendRaw(message, binary, () -> release(message.length));
          }
        });
  }

  private void reserve(String what, int size) {
    int limit = socket.options().outboundBufferLimit();
    long before = bytes.getAndAdd(size);
    if (before > 0 && before + size > limit) {
      release(size);
      throw new ResourceLimitError(
          what + " was not sent, as " + before + " bytes of " + limit + " wait");
    }
  }

  private void release(int size) {
    bytes.addAndGet(-size);
  }

  /** Returns how many bytes wait to be sent. Any thread. */
  long bufferedBytes() {
    return bytes.get();
  }

  private void dispatch(OutboundEvent event) {
    ConnectionCycle cycle = socket.parts().cycle();
    cycle.connectIfNeeded();
    if (cycle.state() == SocketState.OPEN && waiting.isEmpty()) {
      send(event);
    } else {
      waiting.add(event);
      event.expireWith(loop.schedule(event.remaining(), () -> expire(event)));
    }
  }

  /** The socket is open. */
  void flush() {
    List<OutboundEvent> all = takeAll();
    all.forEach(this::send);
  }

  private List<OutboundEvent> takeAll() {
    List<OutboundEvent> all = new ArrayList<>(waiting);
    waiting.clear();
    all.forEach(OutboundEvent::waitsNoMore);
    return all;
  }

  private void send(OutboundEvent event) {
    Connection connection = socket.parts().cycle().connection();
    if (connection == null) { // lost while what waited was sent
      abort(event, new BadConnectionError(aborted(event), "disconnect"));
      return;
    }
    event.sending();
    try {
      connection.send(event, () -> release(event.size()));
    } catch (RuntimeException e) { // of the codec
      abort(event, new InvalidArgumentsError("Event " + event.event() + " cannot be written", e));
    }
  }

  private void expire(OutboundEvent event) {
    if (waiting.remove(event)) {
      abort(event, new TimeoutError("Event response for " + event.event() + " event timed out"));
    }
  }

  /** Takes back the logins that wait for a connection: the application has logged out. */
  void withdrawLogins() {
    List<OutboundEvent> logins =
        waiting.stream().filter(each -> each.event().equals(ReservedEvents.AUTHENTICATE)).toList();
    for (OutboundEvent login : logins) {
      waiting.remove(login);
      login.waitsNoMore();
      release(login.size());
      CompletableFuture<@Nullable Payload> answer = login.answer();
      if (answer != null) {
        answer.complete(null);
      }
    }
  }

  /** The connection has failed, and with it what waited for it. */
  void abort(String failureType, int code, @Nullable String reason) {
    for (OutboundEvent event : takeAll()) {
      abort(event, new BadConnectionError(aborted(event), failureType, code, reason));
    }
  }

  private void abort(OutboundEvent event, RuntimeException error) {
    release(event.size());
    CompletableFuture<@Nullable Payload> answer = event.answer();
    if (answer == null) {
      socket.parts().events().error(error);
    } else {
      answer.completeExceptionally(error);
    }
  }

  private static String aborted(OutboundEvent event) {
    return "Event " + event.event() + " was aborted due to a bad connection";
  }
}
