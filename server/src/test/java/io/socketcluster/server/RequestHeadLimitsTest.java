// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.testkit.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long the head of a request may be. */
class RequestHeadLimitsTest {
  private static final int MARGIN = 100; // of the line, or of the fields, besides what is long

  private static String withQuery(int length) {
    return RawClient.upgradeRequest("/socketcluster/?token=" + "x".repeat(length));
  }

  private static String withCookie(int length) {
    return RawClient.upgradeRequest(
        "/socketcluster/", "Cookie: session=" + "x".repeat(length) + "\r\n");
  }

  private static String answerTo(TestServer test, String request) {
    try (RawClient client = test.tcp()) {
      client.write(request.getBytes(ISO_8859_1));
      return client.readHead();
    }
  }

  @Test
  void aHeadOfSixteenKibibytesIsUpgraded() {
    try (TestServer test = TestServer.start()) {
      assertThat(answerTo(test, withQuery(4_100))).startsWith("HTTP/1.1 101 ");
      assertThat(answerTo(test, withCookie(9_000))).startsWith("HTTP/1.1 101 ");
      assertThat(answerTo(test, withQuery(16_384 - MARGIN))).startsWith("HTTP/1.1 101 ");
      assertThat(answerTo(test, withCookie(16_384 - 3 * MARGIN))).startsWith("HTTP/1.1 101 ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16_384, 20_000, 60_000})
  void aLongerLineIsToldThatItIsTooLong(int length) {
    try (TestServer test = TestServer.start()) {
      assertThat(answerTo(test, withQuery(length))).startsWith("HTTP/1.1 414 ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16_384, 20_000, 60_000})
  void longerFieldsAreToldThatTheyAreTooLong(int length) {
    try (TestServer test = TestServer.start()) {
      assertThat(answerTo(test, withCookie(length))).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void manyShortFieldsAreTooLongTogether() {
    String fields = "a: b\r\n".repeat(5_000);
    try (TestServer test = TestServer.start()) {
      assertThat(answerTo(test, RawClient.upgradeRequest("/socketcluster/", fields)))
          .startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void theOptionMovesTheBound() {
    try (TestServer test = TestServer.start(options -> options.maxHeaderSize(40_000))) {
      assertThat(answerTo(test, withQuery(39_000))).startsWith("HTTP/1.1 101 ");
      assertThat(answerTo(test, withCookie(39_000))).startsWith("HTTP/1.1 101 ");
      assertThat(answerTo(test, withQuery(41_000))).startsWith("HTTP/1.1 414 ");
    }
    try (TestServer test = TestServer.start(options -> options.maxHeaderSize(1024))) {
      assertThat(answerTo(test, withQuery(1_024))).startsWith("HTTP/1.1 414 ");
      assertThat(answerTo(test, withCookie(1_024))).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void theAnswerNamesTheBound() {
    try (TestServer test = TestServer.start();
        RawClient client = test.tcp()) {
      client.write(withCookie(20_000).getBytes(ISO_8859_1));

      assertThat(client.readAll()).endsWith("The header fields have more than 16384 bytes");
    }
  }
}
