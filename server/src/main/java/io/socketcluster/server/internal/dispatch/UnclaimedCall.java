// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.dispatch;

import io.socketcluster.core.streams.InboundCall;
import io.socketcluster.core.streams.InboundMessage;
import io.socketcluster.protocol.errors.AGException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call that no procedure consumes yet. A client of version 1 may mean a message by it: then it is
 * a call if a procedure takes it first, and a message if a receiver does. Thread-safe.
 */
final class UnclaimedCall {
  private final InboundCall call;
  private final @Nullable AtomicReference<Use> use; // null: certainly a call

  private enum Use {
    UNDECIDED,
    CALL,
    MESSAGE
  }

  private UnclaimedCall(InboundCall call, @Nullable AtomicReference<Use> use) {
    this.call = use == null ? call : call.claimedBy(() -> become(use, Use.CALL));
    this.use = use;
  }

  /** Returns a call that is certainly one. */
  static UnclaimedCall certain(InboundCall call) {
    return new UnclaimedCall(call, null);
  }

  /** Returns a call that may be a message. */
  static UnclaimedCall perhaps(InboundCall call) {
    return new UnclaimedCall(call, new AtomicReference<>(Use.UNDECIDED));
  }

  private static boolean become(AtomicReference<Use> use, Use wanted) {
    return use.compareAndSet(Use.UNDECIDED, wanted) || use.get() == wanted;
  }

  /** Returns the call for the procedure of its name. */
  InboundCall call() {
    return call;
  }

  /** Returns the message for the receiver of its name. */
  InboundMessage message(Consumer<AGException> onBindingFailure) {
    return new InboundMessage(call.data(), onBindingFailure, this::becomeMessage);
  }

  /**
   * Makes this a message for good, and answers it without data. Without effect if it is one.
   *
   * @return false if it is a call
   */
  boolean becomeMessage() {
    if (use == null) {
      return false;
    }
    if (use.compareAndSet(Use.UNDECIDED, Use.MESSAGE)) {
      call.end(null);
    }
    return use.get() == Use.MESSAGE;
  }
}
