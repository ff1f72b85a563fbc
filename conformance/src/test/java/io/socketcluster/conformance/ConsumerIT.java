// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application of both ends, compiled and run on the module path and on the class path. Netty is
 * not on its compile path: no type of it is in the API.
 */
class ConsumerIT {
  private static final Path SOURCES = Path.of("src/test/resources/consumer");
  private static final String MODULE = "com.example.consumer";
  private static final String PROGRAM = MODULE + ".Program";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Predicate<String> IS_NETTY = entry -> entry.contains("netty-");

  @TempDir private Path classes;

  @Test
  void onTheModulePath() throws Exception {
    compile("--module-path", "module-info.java", "Program.java");

    String output =
        run(
            "--module-path",
            libraries(entry -> true) + File.pathSeparator + classes,
            "--module",
            MODULE + "/" + PROGRAM);

    assertThat(output).contains("module " + MODULE + " got: Hello Ada");
  }

  @Test
  void onTheClassPath() throws Exception {
    compile("--class-path", "Program.java");

    String output =
        run("--class-path", libraries(entry -> true) + File.pathSeparator + classes, PROGRAM);

    assertThat(output).contains("got: Hello Ada");
  }

  private static String libraries(Predicate<String> wanted) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .filter(wanted)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void compile(String pathOption, String... files) throws Exception {
    List<String> options =
        List.of(
            "-d", classes.toString(), "--release", "21", pathOption, libraries(IS_NETTY.negate()));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources = Arrays.stream(files).map(SOURCES::resolve).toList();
      boolean isCompiled =
          compiler
              .getTask(
                  messages,
                  manager,
                  null,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(isCompiled).as(messages.toString()).isTrue();
    }
  }

  private static String run(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of(arguments));
    try (ChildProcess program = ChildProcess.start(Path.of("."), command)) {
      int status = program.awaitEnd(PATIENCE);
      assertThat(status).as(program.output()).isZero();
      return program.output();
    }
  }
}
