// SPDX-License-Identifier: MIT
package io.socketcluster.core.failures;

import io.socketcluster.protocol.errors.BadConnectionError;
import io.socketcluster.protocol.errors.TimeoutError;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Tells failures that the other end of a connection causes by leaving or by silence. */
public final class LostPeer {
  private LostPeer() {}

  /** Returns whether a handler failed because it waited for a peer that left or did not answer. */
  public static boolean isCauseOf(Throwable failure) {
    boolean isWrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    @Nullable Throwable cause = isWrapped ? failure.getCause() : failure;
    return cause instanceof BadConnectionError || cause instanceof TimeoutError;
  }
}
