// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.internal.memory.CountedBytes;
import io.socketcluster.server.internal.transport.serving.HttpSide;
import io.socketcluster.server.internal.transport.serving.RequestDeadline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutOfMemoryTest {
  private static final Logger LOGGER = Logger.getLogger(OutOfMemory.class.getName());

  private final List<LogRecord> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(@Nullable LogRecord entry) {
          if (entry != null) {
            lines.add(entry);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /** The pace is one for the process, so this is one test. */
  @Test
  void anEventLoopThatRunsOutOfMemorySaysSoOnceInAMinuteAndNothingElseDoes() {
    LOGGER.addHandler(handler);
    LOGGER.setUseParentHandlers(false);
    try {
      httpConnection().pipeline().fireExceptionCaught(new IOException("reset"));
      assertThat(lines).isEmpty();

      OutOfMemoryError error = new OutOfMemoryError("Java heap space");
      EmbeddedChannel channel = httpConnection();
      channel.pipeline().fireExceptionCaught(error);
      assertThat(channel.isOpen()).isFalse();
      for (int i = 0; i < 100; i++) {
        httpConnection().pipeline().fireExceptionCaught(error);
      }
      assertThat(lines).hasSize(1);
      assertThat(lines.getFirst().getThrown()).isSameAs(error);
      assertThat(lines.getFirst().getMessage())
          .contains("ran out of memory", "ExitOnOutOfMemoryError", "memoryLimit");
    } finally {
      LOGGER.removeHandler(handler);
      LOGGER.setUseParentHandlers(true);
    }
  }

  private static EmbeddedChannel httpConnection() {
    RecordingAcceptor acceptor = new RecordingAcceptor(AGServerOptions.builder().build());
    EmbeddedChannel channel = new EmbeddedChannel();
    CountedBytes account =
        new CountedBytes(acceptor.memory().forLoop(channel.eventLoop()), (bound, bytes) -> {});
    RequestDeadline deadline = new RequestDeadline(Duration.ofMinutes(1), Duration.ofMinutes(1));
    channel.pipeline().addLast(new HttpSide(acceptor, deadline, account));
    return channel;
  }
}
