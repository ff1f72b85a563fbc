// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guides name is there: coordinates, modules, pages, headings, tests. */
class GuidesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern ARTIFACT = Pattern.compile("socketcluster-[a-z-]+");
  private static final Pattern COORDINATES =
      Pattern.compile("io\\.socketcluster:(socketcluster-[a-z-]+)(?::([\\w.-]+))?");
  private static final Pattern ARTIFACT_ID =
      Pattern.compile("<artifactId>(socketcluster-[a-z-]+)</artifactId>(?:\\s*<version>([^<]+)<)?");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]*)(?:#([^)]+))?\\)");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT|Cases))\\.(\\w+)`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern MODULE = Pattern.compile("module `(io\\.socketcluster[\\w.]*)`");

  static Stream<Path> guides() throws IOException {
    try (Stream<Path> guides = Files.list(ROOT.resolve("docs"))) {
      List<Path> all = new ArrayList<>(guides.filter(it -> it.toString().endsWith(".md")).toList());
      all.addAll(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
      return all.stream().sorted();
    }
  }

  @ParameterizedTest
  @MethodSource("guides")
  void coordinatesAreThoseOfTheBomAndOfThisVersion(Path guide) throws IOException {
    Set<String> published = published();
    String version = version();
    String text = Files.readString(guide);
    Stream.of(COORDINATES, ARTIFACT_ID)
        .flatMap(pattern -> pattern.matcher(text).results())
        .forEach(
            found -> {
              assertThat(published).contains(found.group(1));
              String named = found.group(2);
              if (named != null) {
                assertThat(named).as(found.group(1)).isEqualTo(version);
              }
            });
  }

  @Test
  void theBomHasEveryModuleThatIsDeployed() throws IOException {
    Set<String> deployed = new TreeSet<>(Set.of("socketcluster-bom"));
    for (String module : matches("<module>([a-z-]+)</module>", read("pom.xml"))) {
      String pom = read(module + "/pom.xml");
      if (!pom.contains("<maven.deploy.skip>true</maven.deploy.skip>")) {
        deployed.add("socketcluster-" + module);
      }
    }
    assertThat(published()).isEqualTo(deployed);
    String bom = read("bom/pom.xml").replaceAll("(?s)<build>.*</build>", "");
    assertThat(matches("<version>(\\d[^<]*)</version>", bom)).containsOnly(version());
  }

  @Test
  void everyModuleThatAnotherOneNeedsCanBeInstalled() throws IOException {
    for (String module : matches("<module>([a-z-]+)</module>", read("pom.xml"))) {
      for (String needed :
          matches("<artifactId>(socketcluster-[a-z-]+)</artifactId>", read(module + "/pom.xml"))) {
        Path pom = ROOT.resolve(needed.substring("socketcluster-".length())).resolve("pom.xml");
        if (Files.exists(pom) && !needed.equals("socketcluster-" + module)) {
          assertThat(Files.readString(pom)).as(needed).doesNotContain("maven.install.skip");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("guides")
  void linksLeadSomewhere(Path guide) throws IOException {
    for (MatchResult link : LINK.matcher(Files.readString(guide)).results().toList()) {
      Path folder = guide.toAbsolutePath().normalize().getParent();
      Path target = link.group(1).isEmpty() ? guide : Path.of(folder + "/" + link.group(1));
      assertThat(target).exists();
      if (link.group(2) != null) {
        assertThat(anchors(target)).as("headings of " + target).contains(link.group(2));
      }
    }
  }

  private static List<String> anchors(Path guide) throws IOException {
    return matches(HEADING.pattern(), Files.readString(guide)).stream()
        .map(
            heading ->
                heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("guides")
  void testsThatAGuideNamesAreThere(Path guide) throws IOException {
    for (MatchResult named : TEST.matcher(Files.readString(guide)).results().toList()) {
      assertThat(sourceOf(named.group(1)))
          .as(named.group())
          .contains("void " + named.group(2) + "(");
    }
  }

  private static String sourceOf(String test) throws IOException {
    StringBuilder source = new StringBuilder();
    for (String module : matches("<module>([a-z-]+)</module>", read("pom.xml"))) {
      Path tests = ROOT.resolve(module).resolve("src/test/java");
      if (Files.isDirectory(tests)) {
        try (Stream<Path> files = Files.walk(tests)) {
          for (Path file : files.filter(it -> it.endsWith(test + ".java")).toList()) {
            source.append(Files.readString(file));
          }
        }
      }
    }
    return source.toString();
  }

  @Test
  void modulesOfTheModulePathAreNamedAsTheyAre() throws IOException {
    List<String> named = matches(MODULE.pattern(), read("docs/getting-started.md"));
    assertThat(named).isNotEmpty();
    for (String module : named) {
      String folder =
          module
              .substring("io.socketcluster.".length())
              .replace("codec.minbin", "codec-min-bin")
              .replace('.', '-');
      assertThat(read(folder + "/src/main/java/module-info.java"))
          .contains("module " + module + " {");
    }
  }

  private static Set<String> published() throws IOException {
    return matches("<artifactId>(" + ARTIFACT.pattern() + ")</artifactId>", read("bom/pom.xml"))
        .stream()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String version() throws IOException {
    return matches("<version>([^<]+)</version>", read("pom.xml")).getFirst();
  }

  private static List<String> matches(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }
}
