// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.create;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The files of an application that is created: resources of this jar, with words to fill in. */
enum Template {
  /** An application of the library alone, which supervised workers can run. */
  PLAIN("plain"),
  /** An application of Spring Boot. */
  SPRING("spring");

  private static final String CLIENT = "src/main/resources/public/socketcluster-client.min.js";
  private static final String TAKEN_FROM = " <- ";

  private final String folder;

  Template(String folder) {
    this.folder = folder;
  }

  /** Reads the name as users write it. */
  static final class Reader implements ITypeConverter<Template> {
    @Override
    public Template convert(String name) {
      return Arrays.stream(values())
          .filter(template -> template.folder.equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      name
                          + " is none; allowed: "
                          + Arrays.stream(values())
                              .map(Template::toString)
                              .collect(Collectors.joining(", "))));
    }
  }

  /**
   * Returns the content of the files by their paths.
   *
   * @param words what stands in the place of {@code @NAME@} and the like, in paths and texts
   */
  Map<String, byte[]> files(Map<String, String> words) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String line : text(folder + "/FILES").lines().toList()) {
      String[] parts = line.split(TAKEN_FROM, 2);
      String source = parts.length == 1 ? folder + "/" + line : parts[1];
      files.put(filled(target(parts[0]), words), filled(text(source), words).getBytes(UTF_8));
    }
    files.put(CLIENT, read("browser/socketcluster-client.min.js"));
    return files;
  }

  /** Returns the name as users write it. */
  @Override
  public String toString() {
    return folder;
  }

  private static String text(String file) throws IOException {
    return new String(read("templates/" + file), UTF_8);
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
