// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in the documents is what is compiled here: the same tokens, whatever the layout. */
class DocumentSamplesTest {
  private static final Path ROOT = Path.of("..");
  private static final Path SAMPLES = Path.of("src/test/java/io/socketcluster/conformance/samples");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "<!-- sample: ([\\w/-]+\\.(?:java|kt)) -->\\s*```(?:java|kotlin)\\n(.*?)```",
          Pattern.DOTALL);

  /** Java in a guide that no comment ties to a program: nobody would notice when it goes stale. */
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n");

  record Sample(Path document, String file, String code) {
    @Override
    public String toString() {
      return document.getFileName() + ": " + file;
    }
  }

  /** The README and the guides: what lies in docs itself, not in its folders. */
  static Stream<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (DirectoryStream<Path> guides = Files.newDirectoryStream(ROOT.resolve("docs"), "*.md")) {
      guides.forEach(documents::add);
    }
    return documents.stream().sorted();
  }

  static Stream<Sample> samples() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (Path document : documents().toList()) {
      SAMPLE
          .matcher(Files.readString(document))
          .results()
          .forEach(found -> samples.add(new Sample(document, found.group(1), found.group(2))));
    }
    return samples.stream();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyJavaBlockNamesItsProgram(Path document) throws IOException {
    String text = Files.readString(document);
    assertThat(SAMPLE.matcher(text).results().filter(it -> it.group(1).endsWith(".java")).count())
        .as("samples that name their program in " + document)
        .isEqualTo(JAVA_BLOCK.matcher(text).results().count());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theSampleIsPartOfTheCompiledProgram(Sample sample) throws IOException {
    Path folder = sample.file().contains("/") ? ROOT : SAMPLES;
    String program = Files.readString(folder.resolve(sample.file()));
    assertThat(tokens(program)).contains(tokens(sample.code().replace("8000", "port")));
  }

  /** White space is layout; the formatter has its own. */
  private static String tokens(String code) {
    return code.replaceAll("\\s+", "");
  }
}
