// SPDX-License-Identifier: MIT
package io.socketcluster.server;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.internal.HealthCheck;
import io.socketcluster.server.internal.files.DirectoryFiles;
import io.socketcluster.server.internal.files.FileHandler;
import io.socketcluster.server.internal.files.ResourceFiles;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answers the few plain HTTP requests of a server made by {@link SocketCluster#listen}: a health
 * check, a page, a small API. It is not a web framework: attach the server to yours instead.
 */
@FunctionalInterface
public interface HttpHandler {
  /** Answers nothing: every request gets 501. */
  HttpHandler NONE = request -> null;

  /**
   * Answers a request. Called on a virtual thread, which may block; it is interrupted when the
   * client hangs up. An exception is answered with 500 and emitted as a {@code warning} of the
   * server.
   *
   * @return the answer, or null for 501
   */
  @Nullable HttpAnswer handle(HttpRequest request) throws Exception;

  /**
   * Returns a handler that answers a health check and leaves all other requests to {@code others}.
   * The check is answered with 200 while {@link AGServer#isServing} and with 503 once the server
   * closes: a load balancer then sends its clients elsewhere. The body is JSON: {@code
   * {"status":"ok","broker":{"ready":true}}}. A server without its broker still serves the clients
   * of its own machine, so it answers 200 with {@code "ready":false}.
   *
   * @param checkPath such as {@code /health-check}
   */
  static HttpHandler withHealthCheck(String checkPath, HttpHandler others) {
    return new HealthCheck(
        Objects.requireNonNull(checkPath, "checkPath"), Objects.requireNonNull(others, "others"));
  }

  /**
   * Returns a handler that answers with the files of a directory and of the directories in it.
   *
   * <ul>
   *   <li>A path that ends with a slash is answered with the {@code index.html} there; a directory
   *       is never listed.
   *   <li>Names that begin with a dot are not found, but for {@code /.well-known/}; neither are
   *       symbolic links that lead out of the directory, nor files of more than 16 MiB.
   *   <li>{@code GET} and {@code HEAD} are answered, with an {@code ETag}, the time of the last
   *       change, and parts if they are asked for ({@code Range}); other methods get 405. What is
   *       not there gets 404.
   * </ul>
   *
   * @param directory is read at each request
   * @throws InvalidOptionsError if there is no such directory
   */
  static HttpHandler files(Path directory) {
    return new FileHandler(new DirectoryFiles(Objects.requireNonNull(directory, "directory")));
  }

  /**
   * Returns a handler that answers with the files of a folder of the class path, as {@link
   * #files(Path)} does. Each file is read once and kept.
   *
   * @param anchor a class of the same jar or module as the folder
   * @param folder such as {@code /web}
   */
  static HttpHandler files(Class<?> anchor, String folder) {
    return new FileHandler(
        new ResourceFiles(
            Objects.requireNonNull(anchor, "anchor"), Objects.requireNonNull(folder, "folder")));
  }
}
