// SPDX-License-Identifier: MIT
package io.socketcluster.http.fallback.internal;

import io.socketcluster.server.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The script that stands in for the browser's WebSocket. */
final class FallbackScript {
  static final String NAME = "fallback.js";

  private FallbackScript() {}

  /** Reads the script and returns the answer to requests for it. */
  static HttpAnswer answer() {
    byte[] script = read();
    return HttpAnswer.of(200, "text/javascript; charset=utf-8", script)
        .withHeader("etag", '"' + digestOf(script) + '"')
        .withHeader("cache-control", "no-cache")
        .withHeader("x-content-type-options", "nosniff")
        .withHeader("access-control-allow-origin", "*")
        .withHeader("cross-origin-resource-policy", "cross-origin");
  }

  private static byte[] read() {
    try (InputStream script = FallbackScript.class.getResourceAsStream(NAME)) {
      if (script == null) {
        throw new IllegalStateException(NAME + " is missing in the module");
      }
      return script.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digestOf(byte[] script) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(script);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
