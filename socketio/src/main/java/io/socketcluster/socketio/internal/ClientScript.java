// SPDX-License-Identifier: MIT
package io.socketcluster.socketio.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.spi.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The browser client, which the server serves. Immutable. */
final class ClientScript {
  /** The name of the file in the resource. */
  static final String NAME = "socket.io.js";

  private static final List<String> PARTS =
      List.of("io.js", "transports.js", "requests.js", "socket.js");
  private static final String VERSION = "0.6.3";
  private static final int TAG_BYTES = 8;

  private final HttpAnswer answer;

  ClientScript() {
    StringBuilder script = new StringBuilder("(function () {\n'use strict';\n");
    PARTS.forEach(part -> script.append(read(part)).append('\n'));
    byte[] body = script.append("})();\n").toString().getBytes(UTF_8);
    answer =
        HttpAnswer.of(200, "text/javascript; charset=utf-8", body)
            .withHeader("etag", "\"" + VERSION + "-" + digest(body) + "\"")
            .withHeader("cache-control", "no-cache")
            .withHeader("x-content-type-options", "nosniff");
  }

  private static String read(String part) {
    try (InputStream file = ClientScript.class.getResourceAsStream("client/" + part)) {
      if (file == null) {
        throw new AssertionError("The module has no " + part);
      }
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(Arrays.copyOf(digest, TAG_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Answers a request; pages of every origin may load the script. */
  void serve(HttpExchange exchange) {
    boolean reads = exchange.method().equals("GET") || exchange.method().equals("HEAD");
    exchange.answer(
        reads
            ? answer
            : HttpAnswer.text(405, "Method not allowed").withHeader("allow", "GET, HEAD"));
  }
}
