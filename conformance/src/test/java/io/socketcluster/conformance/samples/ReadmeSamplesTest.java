// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in the documents is what is compiled here: the same tokens, whatever the layout. */
class ReadmeSamplesTest {
  private static final Path ROOT = Path.of("..");
  private static final Path SAMPLES = Path.of("src/test/java/io/socketcluster/conformance/samples");
  private static final Pattern SAMPLE =
      Pattern.compile("<!-- sample: (\\w+\\.java) -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

  record Sample(String file, String code) {
    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Sample> samples() throws IOException {
    Matcher matcher = SAMPLE.matcher(Files.readString(ROOT.resolve("README.md")));
    return matcher.results().map(found -> new Sample(found.group(1), found.group(2)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theSampleIsPartOfTheCompiledProgram(Sample sample) throws IOException {
    String program = Files.readString(SAMPLES.resolve(sample.file()));
    assertThat(tokens(program)).contains(tokens(sample.code().replace("8000", "port")));
  }

  /** White space is layout; the formatter has its own. */
  private static String tokens(String code) {
    return code.replaceAll("\\s+", "");
  }
}
