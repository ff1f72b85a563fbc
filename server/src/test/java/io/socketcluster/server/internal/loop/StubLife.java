// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.loop;

import io.socketcluster.core.SocketState;
import io.socketcluster.core.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The life of a socket that is nothing but that. */
public final class StubLife implements SocketLife {
  private final List<String> closes = new ArrayList<>();
  private SocketState state = SocketState.OPEN;
  private int sweeps;

  @Override
  public SocketState state() {
    return state;
  }

  public void state(SocketState newState) {
    state = newState;
  }

  @Override
  public void close(int code, @Nullable String reason) {
    state = SocketState.CLOSED;
    closes.add(code + " " + reason);
  }

  /** Returns the codes and reasons that the socket was closed with. */
  public List<String> closes() {
    return closes;
  }

  @Override
  public TimeSource time() {
    return TimeSource.system();
  }

  @Override
  public void sweepSoon() {
    sweeps++;
  }

  /** Returns how often the next sweep was to look. */
  public int sweeps() {
    return sweeps;
  }
}
