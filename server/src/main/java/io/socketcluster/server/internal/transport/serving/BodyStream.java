// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends what an application writes, in parts. A part waits until the one before it has left, so
 * that one buffer is enough. The head of the answer leaves with the first part, or with the first
 * flush. Used by one thread.
 */
final class BodyStream extends OutputStream {
  private static final int PART = 16 * 1024;

  private final AnswerStream stream;
  private final byte[] part = new byte[PART];
  private int length;
  private boolean begun;
  private boolean broken;
  private volatile boolean ended; // a thread that the application has forgotten may still write

  BodyStream(AnswerStream stream) {
    this.stream = stream;
  }

  /** Returns whether the client is gone, or does not read. */
  boolean isBroken() {
    return broken;
  }

  /** Returns whether the head of the answer was sent. */
  boolean isBegun() {
    return begun;
  }

  /** Refuses further writes. */
  void end() {
    ended = true;
  }

  private void requireOpen() throws IOException {
    if (ended) {
      throw new IOException("the answer has ended");
    }
    if (broken) {
      throw new IOException("the client has hung up");
    }
  }

  @Override
  public void write(int value) throws IOException {
    requireOpen();
    if (length == PART) {
      flush();
    }
    part[length++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, bytes.length);
    requireOpen();
    int next = from;
    int rest = count;
    while (rest > 0) {
      if (length == PART) {
        flush();
      }
      int copied = Math.min(rest, PART - length);
      System.arraycopy(bytes, next, part, length, copied);
      length += copied;
      next += copied;
      rest -= copied;
    }
  }

  @Override
  public void flush() throws IOException {
    requireOpen();
    if (!begun) {
      begun = true;
      stream.begin();
    }
    if (length > 0) {
      CompletableFuture<Boolean> left = new CompletableFuture<>();
      stream.write(Unpooled.wrappedBuffer(part, 0, length), left::complete);
      length = 0;
      await(left);
    }
  }

  private void await(CompletableFuture<Boolean> left) throws IOException {
    broken = true;
    try {
      if (!left.get(RequestDeadline.ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("the client has hung up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the client has hung up");
    } catch (TimeoutException e) {
      throw new IOException("the client does not read", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // nobody completes it so
    }
    broken = false; // the buffer may be used again
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
