// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command that creates an application. */
class CreateCommandTest {
  private final InputStream input = System.in;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path temp;

  @AfterEach
  void restoreTheInput() {
    System.setIn(input);
  }

  private int create(String name, String... more) {
    CommandLine line = new Commands(null, Map.of()).line();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    List<String> args =
        Stream.concat(Stream.of("create", temp.resolve(name).toString()), Stream.of(more)).toList();
    return line.execute(args.toArray(String[]::new));
  }

  @Test
  void anApplicationHasAllFilesAndNoWordToFillIn() throws IOException {
    assertThat(create("my-app")).isZero();
    assertFilled(temp.resolve("my-app"));
    assertThat(temp.resolve("my-app/src/main/java/com/example/myapp/Main.java"))
        .content()
        .contains("package com.example.myapp;");
    assertThat(temp.resolve("my-app/.gitignore")).exists();
    assertThat(temp.resolve("my-app/src/main/resources/public/socketcluster-client.min.js"))
        .isNotEmptyFile();
    assertThat(out.toString()).contains("my-app && socketcluster run");
  }

  @Test
  void anApplicationOfSpringBootSharesFilesWithThePlainTemplate() throws IOException {
    assertThat(create("my-app", "--template", "spring")).as(err.toString()).isZero();
    assertFilled(temp.resolve("my-app"));
    assertThat(temp.resolve("my-app/src/main/java/com/example/myapp/ChatApplication.java"))
        .content()
        .contains("package com.example.myapp;", "@SpringBootApplication");
    assertThat(temp.resolve("my-app/pom.xml"))
        .content()
        .containsPattern("<spring-boot.version>[0-9.]+</spring-boot.version>");
    assertThat(temp.resolve("my-app/.gitignore")).exists();
    assertThat(temp.resolve("my-app/src/main/resources/public/index.html")).exists();
  }

  @Test
  void aTemplateThatIsNoneIsAWrongArgument() {
    assertThat(create("app", "--template", "sprung")).isEqualTo(2);
    assertThat(err.toString()).contains("sprung is none; allowed: plain, spring");
  }

  private static void assertFilled(Path app) throws IOException {
    try (Stream<Path> files = Files.walk(app)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file.toString()).doesNotContain("@");
        if (!file.toString().endsWith(".min.js")) {
          assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern("@[A-Z_]+@");
        }
      }
    }
  }

  @Test
  void thePackageMayBeAnother() {
    assertThat(create("app", "--package", "org.acme.chat")).isZero();
    assertThat(temp.resolve("app/src/main/java/org/acme/chat/ChatWorker.java")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Upper", "a_b", "-a", "a b", "1a", "a--b"})
  void aNameThatIsNoneIsRefused(String name) {
    assertThat(create(name)).isNotZero();
    assertThat(temp.resolve(name)).doesNotExist();
  }

  @Test
  void aFileThatExistsIsOverwrittenAfterAYesOnly() throws IOException {
    Path app = Files.createDirectories(temp.resolve("app"));
    Files.writeString(app.resolve("pom.xml"), "mine");
    Files.writeString(app.resolve("README.md"), "mine");
    System.setIn(
        new ByteArrayInputStream("y\nn\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(create("app")).isZero();
    assertThat(out.toString()).contains("README.md exists. Overwrite it? (y/n)");
    assertThat(app.resolve("README.md")).content().contains("# app");
    assertThat(app.resolve("pom.xml")).hasContent("mine");
  }

  @Test
  void withoutAnAnswerNothingIsWritten() throws IOException {
    Path app = Files.createDirectories(temp.resolve("app"));
    Files.writeString(app.resolve("pom.xml"), "mine");
    System.setIn(InputStream.nullInputStream());
    assertThat(create("app")).isEqualTo(1);
    assertThat(err.toString()).contains("pom.xml exists; nothing was written");
    assertThat(app).isDirectoryNotContaining("glob:**README.md");
  }

  @Test
  void forceAsksNothing() throws IOException {
    Path app = Files.createDirectories(temp.resolve("app"));
    Files.writeString(app.resolve("pom.xml"), "mine");
    assertThat(create("app", "--force")).isZero();
    assertThat(app.resolve("pom.xml")).content().contains("<artifactId>app</artifactId>");
  }

  @Test
  void aFileInTheWayIsToldInASentence() throws IOException {
    Path file = Files.writeString(temp.resolve("app"), "mine");
    assertThat(create("app")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("socketcluster: " + file)
        .hasLineCount(1)
        .doesNotContain("Exception");
  }

  @Test
  void aNameOrAPackageThatMavenWouldRefuseIsAWrongArgument() {
    assertThat(create("My App")).isEqualTo(2);
    assertThat(create("app", "--package", "Acme")).isEqualTo(2);
    assertThat(err.toString())
        .contains("the name My App is refused", "--package is Acme; allowed: a lower-case name");
    assertThat(temp).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"class", "com.example.switch", "com.true"})
  void aPackageHasNoWordOfJava(String name) {
    assertThat(create("my-app", "--package", name)).isEqualTo(2);
    assertThat(err.toString()).contains("--package is " + name + "; allowed: ");
    assertThat(temp.resolve("my-app")).doesNotExist();
  }

  @Test
  void anEmptyNameIsRefused() {
    CommandLine line = new Commands(null, Map.of()).line();
    line.setErr(new PrintWriter(err, true));
    assertThat(line.execute("create", "")).isEqualTo(2);
    assertThat(err.toString()).contains("the name is empty; allowed: lower-case letters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "spring"})
  void thePageImportsTheClientWhichIsAModule(String template) {
    assertThat(create("my-app", "--template", template)).as(err.toString()).isZero();
    Path page = temp.resolve("my-app/src/main/resources/public");
    assertThat(page.resolve("socketcluster-client.min.js")).content().contains("export{");
    assertThat(page.resolve("index.html")).content().contains("<script type=\"module\"");
    assertThat(page.resolve("chat.js"))
        .content()
        .startsWith("import {create} from '/socketcluster-client.min.js';");
  }
}
