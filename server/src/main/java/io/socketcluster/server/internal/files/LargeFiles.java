// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.files;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.socketcluster.server.HttpAnswer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Files that take much memory. They are read one at a time, and all clients that are sent the same
 * file at the same time share its content: a hundred slow readers keep one copy. Thread-safe.
 */
final class LargeFiles {
  static final int FROM_BYTES = 64 * 1024;

  private final ReentrantLock reading = new ReentrantLock();

  @GuardedBy("reading")
  private final Map<Path, Known> known = new HashMap<>();

  /** What was read of a file, as long as an answer with it is on its way. */
  private record Known(FileTime modified, long size, String tag, WeakReference<byte[]> content) {
    boolean isOf(BasicFileAttributes file) {
      return size == file.size() && modified.equals(file.lastModifiedTime());
    }
  }

  /** Returns the answer with a file, or null when it is too long. */
  @Nullable HttpAnswer read(Path file, String name) throws IOException {
    reading.lock();
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      Known before = known.get(file);
      byte[] content = before != null && before.isOf(now) ? before.content().get() : null;
      if (before != null && content != null) {
        return FileAnswer.of(name, content, before.tag());
      }
      known.values().removeIf(each -> each.content().refersTo(null));
      return readAnew(file, name, now);
    } finally {
      reading.unlock();
    }
  }

  @GuardedBy("reading")
  private @Nullable HttpAnswer readAnew(Path file, String name, BasicFileAttributes attributes)
      throws IOException {
    byte[] content = DirectoryFiles.contentOf(file);
    if (content == null) {
      return null;
    }
    String tag = FileAnswer.tagOf(content);
    known.put(
        file,
        new Known(
            attributes.lastModifiedTime(), attributes.size(), tag, new WeakReference<>(content)));
    return FileAnswer.of(name, content, tag);
  }
}
