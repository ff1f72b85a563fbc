// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.files;

import io.socketcluster.server.HttpAnswer;
import io.socketcluster.server.internal.http.HttpDate;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Makes answers of files. */
final class FileAnswer {
  private static final int TAG_BYTES = 18;

  private FileAnswer() {}

  /** Returns an answer that a browser keeps, and asks each time whether it is still the same. */
  static HttpAnswer of(String name, byte[] content) {
    return of(name, content, tagOf(content));
  }

  /** Returns such an answer with a tag that is known. */
  static HttpAnswer of(String name, byte[] content, String tag) {
    return HttpAnswer.of(200, ContentTypes.of(name), content)
        .withHeader("etag", tag)
        .withHeader("accept-ranges", "bytes")
        .withHeader("cache-control", "no-cache")
        .withHeader("x-content-type-options", "nosniff");
  }

  /** Returns such an answer of a file that was last changed at a known time. */
  static HttpAnswer changedAt(FileTime time, HttpAnswer answer) {
    return answer.withHeader("last-modified", HttpDate.format(time.toInstant()));
  }

  static String tagOf(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      byte[] start = Arrays.copyOf(hash, TAG_BYTES);
      return '"' + Base64.getUrlEncoder().encodeToString(start) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
