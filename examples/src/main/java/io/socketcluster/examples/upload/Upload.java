// SPDX-License-Identifier: MIT
package io.socketcluster.examples.upload;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.protocol.errors.AGException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/** A file that comes in pieces. Thread-safe; blocks for the disk. */
final class Upload {
  private final String id;
  private final String name;
  private final long size;
  private final Path file;

  @GuardedBy("this")
  private long received;

  @GuardedBy("this")
  private Instant lastPiece = Instant.now();

  Upload(String id, String name, long size, Path file) {
    this.id = id;
    this.name = name;
    this.size = size;
    this.file = file;
  }

  /**
   * Appends a piece. A piece that is here already, because its answer was lost, changes nothing.
   *
   * @throws AGException {@code UploadError} when bytes are missing before it, or when there are
   *     more than the file should have
   */
  synchronized Progress append(long offset, byte[] bytes) throws IOException {
    if (offset < 0 || offset > received || offset + bytes.length > size) {
      throw new AGException("UploadError", "The next piece begins at byte " + received);
    }
    if (offset == received) {
      write(bytes);
      received += bytes.length;
    }
    lastPiece = Instant.now();
    return progress();
  }

  /** What an earlier attempt has left behind, because the disk was full, is written over. */
  @GuardedBy("this")
  private void write(byte[] bytes) throws IOException {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.position(received);
      for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
        out.write(left);
      }
    }
  }

  synchronized Progress progress() {
    return new Progress(id, name, received, size);
  }

  synchronized boolean isOlderThan(Duration age) {
    return lastPiece.isBefore(Instant.now().minus(age));
  }

  Path file() {
    return file;
  }
}
