// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {
  @TempDir private Path folder;
  private TestServer test = TestServer.start();

  @BeforeEach
  void makeFiles() throws IOException {
    Path root = folder.resolve("root");
    Files.createDirectories(root.resolve("sub"));
    Files.createDirectories(root.resolve(".well-known"));
    Files.createDirectories(root.resolve(".git"));
    Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.writeString(root.resolve("index.html"), "home");
    Files.writeString(root.resolve("a b.txt"), "blank");
    Files.writeString(root.resolve("no-ending"), "bytes");
    Files.writeString(root.resolve("sub/index.html"), "sub");
    Files.writeString(root.resolve(".env"), "secret");
    Files.writeString(root.resolve(".git/config"), "secret");
    Files.writeString(root.resolve(".well-known/security.txt"), "contact");
    Files.createSymbolicLink(root.resolve("inside.txt"), root.resolve("a b.txt"));
    Files.createSymbolicLink(root.resolve("outside.txt"), folder.resolve("secret.txt"));
    Files.createSymbolicLink(root.resolve("hidden.txt"), root.resolve(".env"));
    Files.createSymbolicLink(root.resolve("up"), folder);
    test.close();
    test = TestServer.start(options -> options.httpHandler(HttpHandler.files(root)));
  }

  @AfterEach
  void close() {
    test.close();
  }

  private String exchange(String method, String path, String... headers) {
    try (RawClient client = test.tcp()) {
      String fields = "Host: a\r\nConnection: close\r\n" + String.join("", headers);
      client.write((method + " " + path + " HTTP/1.1\r\n" + fields + "\r\n").getBytes(ISO_8859_1));
      return client.readAll();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8, home",
    "/index.html?v=1, text/html; charset=utf-8, home",
    "/a%20b.txt, text/plain; charset=utf-8, blank",
    "/no-ending, application/octet-stream, bytes",
    "/sub/, text/html; charset=utf-8, sub",
    "/inside.txt, text/plain; charset=utf-8, blank",
    "/.well-known/security.txt, text/plain; charset=utf-8, contact",
  })
  void aFileIsAnsweredWithItsType(String path, String type, String content) {
    assertThat(exchange("GET", path))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("content-type: " + type + "\r\n", "x-content-type-options: nosniff\r\n")
        .endsWith("\r\n\r\n" + content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/absent",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/sub/..%2F..%2Fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/sub/../index.html",
        "/./index.html",
        "//index.html",
        "/sub%2findex.html",
        "/index.html%00.txt",
        "/index.html/",
        "/index.html/x",
        "/.env",
        "/.git/config",
        "/.well-known/../.env",
        "/outside.txt",
        "/hidden.txt",
        "/up/secret.txt",
        "/C:/index.html",
        "index.html",
        "*",
      })
  void whatIsNotThereOrNotToBeSeenIsNotFound(String path) {
    assertThat(exchange("GET", path)).startsWith("HTTP/1.1 404 ").doesNotContain("secret");
  }

  @Test
  void aDirectoryIsToldWithItsSlash() {
    assertThat(exchange("GET", "/sub?a=b"))
        .startsWith("HTTP/1.1 301 ")
        .contains("location: /sub/?a=b\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void otherMethodsAreNotAllowed(String method) {
    assertThat(exchange(method, "/")).startsWith("HTTP/1.1 405 ").contains("allow: GET, HEAD\r\n");
  }

  @Test
  void aFileIsSentAgainOnlyWhenItHasChanged() throws IOException {
    Matcher tag = Pattern.compile("etag: (.*)\r\n").matcher(exchange("GET", "/"));
    assertThat(tag.find()).isTrue();
    String condition = "If-None-Match: " + tag.group(1) + "\r\n";

    assertThat(exchange("GET", "/", condition)).startsWith("HTTP/1.1 304 ").endsWith("\r\n\r\n");
    assertThat(exchange("HEAD", "/", condition)).startsWith("HTTP/1.1 304 ");
    Files.writeString(folder.resolve("root/index.html"), "new");

    assertThat(exchange("GET", "/", condition)).startsWith("HTTP/1.1 200 ").endsWith("new");
  }

  @Test
  void aHeadHasTheHeadersAndNoBody() {
    assertThat(exchange("HEAD", "/"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("content-length: 4\r\n", "etag: ")
        .endsWith("\r\n\r\n");
  }

  @Test
  void aFileIsSentAgainOnlyToClientsThatHaveAnOlderOne() {
    Matcher changed = Pattern.compile("last-modified: (.*)\r\n").matcher(exchange("GET", "/"));
    assertThat(changed.find()).isTrue();
    String since = "If-Modified-Since: ";

    assertThat(exchange("GET", "/", since + changed.group(1) + "\r\n")).contains(" 304 ");
    assertThat(exchange("GET", "/", since + "Fri, 01 Jan 2038 00:00:00 GMT\r\n")).contains(" 304 ");
    assertThat(exchange("GET", "/", since + "Mon, 01 Jan 2001 00:00:00 GMT\r\n")).contains(" 200 ");
    assertThat(exchange("GET", "/", since + "yesterday\r\n")).contains(" 200 ");
    assertThat(
            exchange("GET", "/", since + changed.group(1) + "\r\n", "If-None-Match: \"old\"\r\n"))
        .as("the tag counts")
        .contains(" 200 ");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-1, 206, bytes 0-1/4, ho",
    "bytes=1-, 206, bytes 1-3/4, ome",
    "bytes=-3, 206, bytes 1-3/4, ome",
    "bytes=-9, 206, bytes 0-3/4, home",
    "bytes=2-99, 206, bytes 2-3/4, me",
    "bytes=4-, 416, bytes */4, ''",
    "bytes=-0, 416, bytes */4, ''",
    "bytes=999999999999999999-, 416, bytes */4, ''",
  })
  void aPartOfAFileIsSentToWhoAsksForIt(String range, int status, String answered, String part) {
    assertThat(exchange("GET", "/", "Range: " + range + "\r\n"))
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("content-range: " + answered + "\r\n", "content-length: " + part.length())
        .endsWith("\r\n\r\n" + part);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1,3-3", "bytes=2-1", "bytes=-", "lines=0-1", "bytes=a-b", ""})
  void whoAsksForNoSinglePartGetsTheWholeFile(String range) {
    assertThat(exchange("GET", "/", "Range: " + range + "\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .contains("accept-ranges: bytes\r\n")
        .endsWith("\r\n\r\nhome");
  }

  @Test
  void aPartOfAnotherVersionIsNotSent() {
    assertThat(exchange("GET", "/", "Range: bytes=0-1\r\n", "If-Range: \"other\"\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("home");
  }

  @Test
  void aTargetThatIsAWholeUriIsServedByItsPath() {
    assertThat(exchange("GET", "http://a/sub/index.html?x")).endsWith("\r\n\r\nsub");
    assertThat(exchange("GET", "http://a/sub?x")).contains("\r\nlocation: /sub/?x\r\n");
  }

  @Test
  void aDirectoryThatDoesNotExistIsRefusedAtOnce() {
    Path absent = folder.resolve("absent");

    assertThatThrownBy(() -> HttpHandler.files(absent))
        .isInstanceOf(InvalidOptionsError.class)
        .hasMessage("directory is " + absent + "; allowed: a directory that exists");
  }

  @Test
  void aFolderOfTheClassPathIsServedInTheSameWay() {
    try (TestServer classPath =
        TestServer.start(
            options -> options.httpHandler(HttpHandler.files(StaticFilesTest.class, "/pages")))) {
      test.close();
      test = classPath;
      assertThat(exchange("GET", "/"))
          .startsWith("HTTP/1.1 200 ")
          .contains("content-type: text/html; charset=utf-8\r\n", "etag: ")
          .endsWith("<p>A page of the class path</p>\n");
      assertThat(exchange("GET", "/deep/style.css")).contains("content-type: text/css");
      assertThat(exchange("GET", "/deep")).startsWith("HTTP/1.1 301 ");
      assertThat(exchange("GET", "/deep/")).startsWith("HTTP/1.1 404 ");
      assertThat(exchange("GET", "/../io/socketcluster/server/StaticFilesTest.class"))
          .startsWith("HTTP/1.1 404 ");
      assertThat(exchange("GET", "/absent.txt")).startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void aFolderInAJarIsServedInTheSameWay() {
    try (TestServer jar =
        TestServer.start(
            options -> options.httpHandler(HttpHandler.files(Test.class, "/META-INF")))) {
      test.close();
      test = jar;
      assertThat(exchange("GET", "/MANIFEST.MF")).startsWith("HTTP/1.1 200 ");
      assertThat(exchange("GET", "/absent")).startsWith("HTTP/1.1 404 ");
    }
  }
}
