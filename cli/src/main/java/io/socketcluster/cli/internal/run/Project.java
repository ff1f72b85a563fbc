// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.run;

import io.socketcluster.cli.internal.config.CommandFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An application in a folder of Maven, or as a jar. */
final class Project {
  private final Path place;

  private Project(Path place) {
    this.place = place;
  }

  static Project at(String place) {
    return new Project(Path.of(place));
  }

  boolean isThere() {
    return isJar() || Files.exists(place.resolve("pom.xml"));
  }

  private boolean isJar() {
    return place.toString().endsWith(".jar") && Files.isRegularFile(place);
  }

  /** Builds the application if it has changed, and runs its main method; returns its status. */
  int run(List<String> args) throws IOException, InterruptedException {
    Path jar = isJar() ? place : built();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-jar");
    command.add(jar.toAbsolutePath().toString());
    command.addAll(SpringBoot.packs(jar) ? SpringBoot.properties(args) : args);
    return await(new ProcessBuilder(command).directory(home().toFile()).inheritIO().start());
  }

  private Path home() {
    return isJar() ? Path.of("").toAbsolutePath() : place.toAbsolutePath();
  }

  private static int await(Process process) throws InterruptedException {
    Thread end =
        new Thread(
            () -> {
              process.destroy();
              process.onExit().join();
            });
    Runtime.getRuntime().addShutdownHook(end);
    int status = process.waitFor();
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException e) {
      Thread.currentThread().join(); // this process is ending, with the status of the signal
    }
    return status;
  }

  private Path built() throws IOException, InterruptedException {
    Path jar = runnableJar();
    if (jar == null || isOlderThanSources(jar)) {
      System.err.println("socketcluster: building with Maven");
      Path wrapper = place.resolve("mvnw").toAbsolutePath();
      String maven = Files.isExecutable(wrapper) ? wrapper.toString() : "mvn";
      ProcessBuilder build =
          new ProcessBuilder(maven, "--batch-mode", "-q", "package", "-DskipTests")
              .directory(place.toFile())
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      useThisJdk(build);
      if (await(start(build)) != 0) {
        throw new CommandFailure("the build failed");
      }
      jar = runnableJar();
    }
    if (jar == null) {
      throw new CommandFailure("the build makes no jar with a Main-Class in " + place + "/target");
    }
    return jar;
  }

  /** Maven's own choice may be a JDK that is too old for the application. */
  private static void useThisJdk(ProcessBuilder build) {
    Path home = Path.of(System.getProperty("java.home"));
    if (Files.exists(home.resolve("bin/javac")) || Files.exists(home.resolve("bin/javac.exe"))) {
      build.environment().put("JAVA_HOME", home.toString());
    }
  }

  private static Process start(ProcessBuilder build) {
    try {
      return build.start();
    } catch (IOException e) {
      throw new CommandFailure("Maven is needed to build the application: " + e.getMessage());
    }
  }

  private @Nullable Path runnableJar() throws IOException {
    Path target = place.resolve("target");
    if (!Files.isDirectory(target)) {
      return null;
    }
    Path newest = null;
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "*.jar")) {
      for (Path jar : jars) {
        if (hasMainClass(jar) && (newest == null || timeOf(jar).compareTo(timeOf(newest)) > 0)) {
          newest = jar;
        }
      }
    }
    return newest;
  }

  private static boolean hasMainClass(Path path) throws IOException {
    return JarManifest.value(path, "Main-Class") != null;
  }

  private boolean isOlderThanSources(Path jar) throws IOException {
    FileTime built = timeOf(jar);
    if (timeOf(place.resolve("pom.xml")).compareTo(built) > 0) {
      return true;
    }
    Path sources = place.resolve("src/main");
    if (!Files.isDirectory(sources)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (timeOf(file).compareTo(built) > 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static FileTime timeOf(Path file) throws IOException {
    return Files.getLastModifiedTime(file);
  }
}
