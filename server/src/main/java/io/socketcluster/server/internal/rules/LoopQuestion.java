// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.rules;

import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.channels.ChannelAccess;
import io.socketcluster.server.internal.loop.InlineCall;
import java.util.function.BiConsumer;

/**
 * A question to an access about one message, on the event loop that sends it. Whatever the access
 * does, only {@code true} lets the message through, and later messages are sent.
 */
final class LoopQuestion implements InlineCall.Subject {
  private final ChannelAccess access;
  private final String channel;
  private final BiConsumer<String, Throwable> failures;

  LoopQuestion(ChannelAccess access, String channel, BiConsumer<String, Throwable> failures) {
    this.access = access;
    this.channel = channel;
    this.failures = failures;
  }

  boolean allows(AGServerSocket socket) {
    InlineCall call = InlineCall.begin(this);
    try {
      return access.allows(socket, channel);
    } catch (AGException e) { // a refusal on purpose
      return false;
    } catch (Throwable e) {
      failed(new IllegalStateException(named() + " has failed", e));
      return false;
    } finally {
      call.end();
    }
  }

  @Override
  public void blocksLoop(long millis, StackTraceElement[] stack) {
    IllegalStateException blocking =
        new IllegalStateException(named() + " has blocked its event loop for " + millis + " ms");
    blocking.setStackTrace(stack);
    failed(blocking);
  }

  private void failed(IllegalStateException failure) {
    failures.accept("A rule of channels failed", failure);
  }

  private String named() {
    return "The rule of channel " + channel;
  }
}
