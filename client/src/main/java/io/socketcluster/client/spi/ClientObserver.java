// SPDX-License-Identifier: MIT
package io.socketcluster.client.spi;

import org.jspecify.annotations.Nullable;

/**
 * Observes the calls and publishes that an application makes through a client: the place for traces
 * and timers. Every method does nothing unless it is overridden.
 *
 * <p>The methods are called on the threads of the application, several at the same time. They must
 * be thread-safe. An exception that one throws is thrown to the application, and nothing is sent.
 */
public interface ClientObserver {
  /** Observes nothing. */
  ClientObserver NONE = new ClientObserver() {};

  /**
   * A call of a procedure begins.
   *
   * @param event the name of the procedure
   * @return what is told how the call ends; null if that is of no interest
   */
  default @Nullable Operation callStarted(String event) {
    return null;
  }

  /**
   * A publish that the server confirms begins.
   *
   * @param channel the channel as the application named it
   * @return what is told how the publish ends; null if that is of no interest
   */
  default @Nullable Operation publishStarted(String channel) {
    return null;
  }

  /** A call or a publish that is under way. */
  interface Operation {
    /**
     * Returns the trace that the server continues: a {@code traceparent} of W3C Trace Context, or
     * null for none. A call carries it as a member of its packet, which servers that know nothing
     * of it ignore; a publish does not carry it.
     */
    default @Nullable String traceparent() {
      return null;
    }

    /**
     * The operation has ended. Called once, on any thread, often an event loop: the method must not
     * block. An exception that it throws has no effect.
     *
     * @param error what the operation failed with; null if it succeeded
     */
    void ended(@Nullable Throwable error);
  }
}
