// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.files;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the names of files of the path of a request, if all of them are safe. */
final class FilePath {
  private static final Pattern SLASH = Pattern.compile("/");

  /** What would become a slash, or another one, when it is decoded. */
  private static final Pattern ENCODED_SEPARATOR =
      Pattern.compile("%2f|%5c", Pattern.CASE_INSENSITIVE);

  /** Separators and drives of other systems, and what no name of a file has. */
  private static final Pattern UNSAFE = Pattern.compile("[\\\\:\\p{Cntrl}]");

  private static final String WELL_KNOWN = ".well-known";
  private static final String INDEX = "index.html";

  private FilePath() {}

  /**
   * Returns the names, that of the index for a path that ends with a slash; null when one of them
   * is empty, hidden or not safe.
   *
   * @param path decoded
   * @param uri as it was sent
   */
  static @Nullable List<String> namesIn(String path, String uri) {
    if (!path.startsWith("/") || ENCODED_SEPARATOR.matcher(uri.split("\\?", 2)[0]).find()) {
      return null;
    }
    String file = path.endsWith("/") ? path + INDEX : path;
    List<String> names = SLASH.splitAsStream(file).skip(1).toList();
    for (int i = 0; i < names.size(); i++) {
      if (!isSafe(names.get(i)) && !(i == 0 && names.get(i).equals(WELL_KNOWN))) {
        return null;
      }
    }
    return names;
  }

  /** Returns whether a file or a directory of this name may be told. */
  static boolean isSafe(String name) {
    return !name.isEmpty() && !name.startsWith(".") && !UNSAFE.matcher(name).find();
  }
}
