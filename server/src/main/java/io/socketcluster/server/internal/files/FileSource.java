// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.files;

import io.socketcluster.server.HttpAnswer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where files come from. Thread-safe. */
public interface FileSource {
  /**
   * Returns the answer with a file, or null when there is none that may be told.
   *
   * @param names of the directories that lead to it, and its own; safe ones (see {@link FilePath})
   */
  @Nullable HttpAnswer read(List<String> names) throws IOException;

  /** Returns whether these are the names of a directory that may be told. */
  boolean isDirectory(List<String> names) throws IOException;
}
