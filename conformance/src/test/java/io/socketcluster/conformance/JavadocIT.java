// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The Javadoc of all published modules as one site, in {@code target/apidocs} of the root: no
 * reference is broken and no HTML is invalid.
 */
class JavadocIT {
  private static final Path ROOT = Path.of("..");
  private static final Path SITE = ROOT.resolve("target/apidocs");
  private static final Pattern MODULE_OF_POM = Pattern.compile("<module>([\\w-]+)</module>");
  private static final Pattern MODULE = Pattern.compile("(?m)^(?:open )?module ([\\w.]+) \\{");

  @Test
  void theSiteIsComplete() throws IOException {
    Map<String, Path> sources = sourcesOfModules();
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages);

    int status =
        ToolProvider.findFirst("javadoc")
            .orElseThrow()
            .run(out, out, arguments(sources).toArray(String[]::new));

    assertThat(status).as(messages.toString()).isZero();
    assertThat(SITE.resolve("index.html")).exists();
    assertThat(sources.keySet())
        .contains("io.socketcluster.server", "io.socketcluster.client", "io.socketcluster.stream")
        .allSatisfy(module -> assertThat(SITE.resolve(module)).isDirectory());
  }

  private static List<String> arguments(Map<String, Path> sources) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-d", SITE.toString(), "-quiet", "-notimestamp"));
    arguments.addAll(List.of("-encoding", "UTF-8", "--release", "21"));
    arguments.addAll(List.of("-Xdoclint:all,-missing", "-Werror"));
    arguments.addAll(List.of("-windowtitle", "SocketCluster for Java"));
    arguments.addAll(List.of("-doctitle", "SocketCluster for Java"));
    arguments.addAll(List.of("--module-path", libraries()));
    sources.forEach(
        (module, folder) ->
            arguments.addAll(List.of("--module-source-path", module + "=" + folder)));
    arguments.addAll(List.of("--module", String.join(",", sources.keySet())));
    return arguments;
  }

  /** The modules of this project are read from their sources. */
  private static String libraries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(entry -> isLibrary(entry.getFileName().toString()))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isLibrary(String name) {
    return name.endsWith(".jar") && !name.startsWith("socketcluster-");
  }

  private static Map<String, Path> sourcesOfModules() throws IOException {
    Map<String, Path> sources = new TreeMap<>();
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    for (MatchResult module : MODULE_OF_POM.matcher(pom).results().toList()) {
      Path folder = ROOT.resolve(module.group(1));
      Path declaration = folder.resolve("src/main/java/module-info.java");
      if (Files.exists(declaration) && isPublished(folder)) {
        Matcher name = MODULE.matcher(Files.readString(declaration));
        assertThat(name.find()).as(declaration.toString()).isTrue();
        sources.put(name.group(1), declaration.getParent());
      }
    }
    return sources;
  }

  private static boolean isPublished(Path folder) throws IOException {
    String pom = Files.readString(folder.resolve("pom.xml"));
    return !pom.contains("<maven.deploy.skip>true</maven.deploy.skip>");
  }
}
