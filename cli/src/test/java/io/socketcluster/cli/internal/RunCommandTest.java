// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.workers.SocketClusterWorker;
import io.socketcluster.workers.WorkerController;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command that runs an application. */
class RunCommandTest {
  private final StringWriter err = new StringWriter();

  @TempDir Path temp;
  private Path folder = Path.of("");

  /** An application that writes its arguments into a file and ends with status 3. */
  public static final class Application {
    private Application() {}

    public static void main(String[] args) throws IOException {
      Files.write(Path.of("arguments.txt"), List.of(args));
      System.exit(3);
    }
  }

  @BeforeEach
  void makeAnApplication() throws IOException {
    folder = Files.createDirectory(temp.resolve("chat"));
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
    Files.createDirectory(folder.resolve("target"));
    pack(new Manifest());
  }

  private void pack(Manifest manifest) throws IOException {
    Path jar = folder.resolve("target/chat.jar");
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Application.class.getName());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      String name = Application.class.getName().replace('.', '/') + ".class";
      out.putNextEntry(new JarEntry(name));
      try (InputStream classFile = Application.class.getResourceAsStream("/" + name)) {
        Objects.requireNonNull(classFile, name).transferTo(out);
      }
    }
  }

  private int run(String... args) {
    return run(null, args);
  }

  private int run(@Nullable Class<? extends WorkerController> application, String... args) {
    CommandLine line = new Commands(application, Map.of()).line();
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @Test
  void anApplicationOfSpringBootGetsTheOptionsAsProperties() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Spring-Boot-Version", "4.1.2");
    pack(manifest);
    assertThat(run("run", folder.toString(), "--port", "9000", "--ping-timeout=20s")).isEqualTo(3);
    assertThat(folder.resolve("arguments.txt"))
        .hasContent("--server.port=9000\n--socketcluster.ping-timeout=20s");
  }

  @Test
  void theApplicationGetsTheOptionsAndItsStatusIsThatOfTheCommand() {
    assertThat(run("run", folder.toString(), "--json", "-c", "my.json", "--ping-timeout=20s"))
        .as(err.toString())
        .isEqualTo(3);
    assertThat(folder.resolve("arguments.txt"))
        .hasContent("run\n--json=true\n--config=my.json\n--ping-timeout=20s");
  }

  @Test
  void aValueThatEqualsThePlaceStays() {
    String place = folder.toString();
    assertThat(run("run", place, "--host", place)).as(err.toString()).isEqualTo(3);
    assertThat(folder.resolve("arguments.txt")).hasContent("run\n--host=" + place);
  }

  /** A controller that has nothing to do. */
  public static final class Quiet implements WorkerController {
    @Override
    public void run(SocketClusterWorker worker) {}
  }

  @Test
  void aDirectoryThatCannotBeUsedIsToldInASentence() {
    Path file = folder.resolve("pom.xml");
    assertThat(run(Quiet.class, "run", "--workers", "1", "--directory", file.toString()))
        .isEqualTo(1);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines("socketcluster: " + file + " is no directory\n");
  }

  /** A controller that misses its database. */
  public static final class Broken implements WorkerController {
    @Override
    public void run(SocketClusterWorker worker) throws IOException {
      throw new IOException("no database");
    }
  }

  @Test
  void aControllerThatFailsIsNotToldAsAPort() {
    assertThat(run(Broken.class, "run", "--port", "0")).isEqualTo(1);
    assertThat(err.toString()).contains("no database").doesNotContain("listen");
  }

  @Test
  void aPortThatIsTakenIsTold() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(run(Quiet.class, "run", "--port", port)).isEqualTo(1);
      assertThat(
              run(Quiet.class, "run", "--port", port, "--workers", "1", "--directory", "" + temp))
          .isEqualTo(1);
      assertThat(err.toString().lines())
          .hasSize(2)
          .allMatch(line -> line.contains("cannot listen on port " + port + ": Address already"));
    }
  }
}
