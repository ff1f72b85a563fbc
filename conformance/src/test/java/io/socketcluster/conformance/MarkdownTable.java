// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of the tables in a document. */
final class MarkdownTable {
  private static final Path ROOT = Path.of("..");

  private MarkdownTable() {}

  /** Returns the cells of every row with this many columns, without the heads of the tables. */
  static List<List<String>> rows(String document, int columns) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    boolean inBody = false;
    for (String line : Files.readAllLines(ROOT.resolve(document))) {
      if (!line.startsWith("|")) {
        inBody = false;
      } else if (line.startsWith("|---")) {
        inBody = true;
      } else if (inBody) {
        List<String> cells = cells(line);
        if (cells.size() == columns) {
          rows.add(cells);
        }
      }
    }
    return rows;
  }

  private static List<String> cells(String line) {
    String inner = line.strip().substring(1);
    return Arrays.stream(inner.substring(0, inner.lastIndexOf('|')).split("\\|", -1))
        .map(String::strip)
        .toList();
  }
}
