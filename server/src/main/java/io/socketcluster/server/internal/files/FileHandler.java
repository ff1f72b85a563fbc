// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.files;

import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.HttpHandler;
import io.socketcluster.server.HttpRequest;
import io.socketcluster.server.internal.http.RequestPath;
import java.io.IOException;
import java.util.List;

/** Answers with files. Thread-safe. */
public record FileHandler(FileSource source) implements HttpHandler {
  private static final int NOT_FOUND = 404;

  @Override
  public HttpAnswer handle(HttpRequest request) throws IOException {
    if (!request.isRead()) {
      return HttpAnswer.text(405, "Method Not Allowed").withHeader("allow", "GET, HEAD");
    }
    List<String> names = FilePath.namesIn(request.path(), request.uri());
    if (names == null) {
      return notFound();
    }
    HttpAnswer file = source.read(names);
    if (file != null) {
      return file;
    }
    return !request.path().endsWith("/") && source.isDirectory(names)
        ? withSlash(request.uri())
        : notFound();
  }

  private static HttpAnswer notFound() {
    return HttpAnswer.text(NOT_FOUND, "Not Found");
  }

  /** The links of a page lead elsewhere without it. */
  private static HttpAnswer withSlash(String uri) {
    int query = uri.indexOf('?');
    String location = RequestPath.of(uri) + "/" + (query < 0 ? "" : uri.substring(query));
    return HttpAnswer.text(301, "Moved Permanently").withHeader("location", location);
  }
}
