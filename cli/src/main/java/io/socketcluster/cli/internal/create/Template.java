// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.create;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The files of an application that is created: resources of this jar, with words to fill in. */
final class Template {
  private static final String CLIENT = "src/main/resources/public/socketcluster-client.min.js";

  private final String name;

  private Template(String name) {
    this.name = name;
  }

  static Template of(String name) {
    return new Template(name);
  }

  /**
   * Returns the content of the files by their paths.
   *
   * @param words what stands in the place of {@code @NAME@} and the like, in paths and texts
   */
  Map<String, byte[]> files(Map<String, String> words) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String line : new String(read("templates/" + name + "/FILES"), UTF_8).lines().toList()) {
      String text = new String(read("templates/" + name + "/" + line), UTF_8);
      files.put(filled(target(line), words), filled(text, words).getBytes(UTF_8));
    }
    files.put(CLIENT, read("browser/socketcluster-client.min.js"));
    return files;
  }

  /** A tool that packs resources leaves out files whose names begin with a dot. */
  private static String target(String file) {
    return file.replaceFirst("(^|/)dot\\.", "$1.").replaceFirst("\\.java\\.txt$", ".java");
  }

  private static String filled(String text, Map<String, String> words) {
    String filled = text;
    for (Map.Entry<String, String> word : words.entrySet()) {
      filled = filled.replace("@" + word.getKey() + "@", word.getValue());
    }
    return filled;
  }

  private static byte[] read(String resource) throws IOException {
    String path = "/io/socketcluster/cli/" + resource;
    try (InputStream in = Template.class.getResourceAsStream(path)) {
      return Objects.requireNonNull(in, path).readAllBytes();
    }
  }
}
