// SPDX-License-Identifier: MIT
package io.socketcluster.demo;

import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the demo's page. Thread-safe. */
final class DemoPage implements HttpHandler {
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private static final Map<String, Asset> ASSETS =
      Map.of(
          "/", new Asset("index.html", "text/html; charset=utf-8"),
          "/chat.js", new Asset("chat.js", SCRIPT),
          "/style.css", new Asset("style.css", "text/css; charset=utf-8"),
          "/socketcluster-client.min.js", new Asset("socketcluster-client.min.js", SCRIPT));

  private record Asset(String file, String contentType) {}

  @Override
  public @Nullable HttpAnswer handle(String method, String path) throws IOException {
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return null;
    }
    Asset asset = ASSETS.get(path);
    return asset == null ? HttpAnswer.text(404, "Not Found") : read(asset);
  }

  private static HttpAnswer read(Asset asset) throws IOException {
    try (InputStream file = DemoPage.class.getResourceAsStream("/web/" + asset.file)) {
      if (file == null) {
        throw new IOException(asset.file + " is missing from the build");
      }
      Map<String, String> headers =
          Map.of(
              "content-type", asset.contentType,
              "cache-control", "no-cache",
              "x-content-type-options", "nosniff");
      return new HttpAnswer(200, headers, file.readAllBytes());
    }
  }
}
