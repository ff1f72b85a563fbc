// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A local repository of Maven that has what the real one has, by links, but of this project only
 * what is installed into it.
 *
 * @param path its folder
 */
public record LocalRepository(Path path) {
  private static final List<String> MODULES =
      List.of(
          "stream",
          "protocol",
          "core",
          "broker",
          "websocket",
          "server",
          "client",
          "broker-cluster",
          "broker-scc",
          "store",
          "workers",
          "cli");

  private static final String VERSION = "0.1.0-SNAPSHOT";

  /** Returns a new one in a folder. */
  public static LocalRepository in(Path path) throws IOException {
    Files.createDirectories(path.resolve("io/socketcluster"));
    Path real = real();
    link(real, path, "io");
    link(real.resolve("io"), path.resolve("io"), "socketcluster");
    return new LocalRepository(path);
  }

  private static Path real() {
    String named = System.getProperty("maven.repo.local");
    return named == null
        ? Path.of(System.getProperty("user.home"), ".m2/repository")
        : Path.of(named);
  }

  private static void link(Path from, Path to, String except) throws IOException {
    if (Files.isDirectory(from)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(from)) {
        for (Path child : children) {
          if (!child.getFileName().toString().equals(except)) {
            Files.createSymbolicLink(to.resolve(child.getFileName()), child.toAbsolutePath());
          }
        }
      }
    }
  }

  /**
   * Does what {@code mvn install} does, with what has been built.
   *
   * @param more modules beside those that every application needs
   */
  public void install(Path root, String... more) throws IOException {
    put("socketcluster-parent", root.resolve("pom.xml"), null);
    put("socketcluster-bom", root.resolve("bom/pom.xml"), null);
    put("socketcluster-netty-runtime", root.resolve("netty-runtime/pom.xml"), null);
    for (String module : Stream.concat(MODULES.stream(), Stream.of(more)).toList()) {
      String artifact = "socketcluster-" + module;
      Path jar = root.resolve(module).resolve(target()).resolve(artifact + "-" + VERSION + ".jar");
      put(artifact, root.resolve(module).resolve("pom.xml"), jar);
    }
  }

  /** Returns the folder of the build that runs this test: there is one without the slow gates. */
  private static Path target() {
    boolean isFast = System.getProperty("java.class.path").contains("/target/fast/");
    return Path.of(isFast ? "target/fast" : "target");
  }

  private void put(String artifact, Path pom, @Nullable Path jar) throws IOException {
    Path folder =
        Files.createDirectories(
            path.resolve("io/socketcluster").resolve(artifact).resolve(VERSION));
    Files.copy(pom, folder.resolve(artifact + "-" + VERSION + ".pom"));
    if (jar != null) {
      Files.copy(jar, folder.resolve(artifact + "-" + VERSION + ".jar"));
    }
  }
}
