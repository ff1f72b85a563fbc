// SPDX-License-Identifier: MIT
package io.socketcluster.examples.upload;

import io.socketcluster.protocol.errors.AGException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The uploads and their files. A file is named by its id, never by its sender. At most {@value
 * #MOST_UPLOADS} uploads are kept, each for an hour after its last piece. Thread-safe.
 */
final class UploadFolder {
  static final long LARGEST_FILE = 64L << 20;
  static final int MOST_UPLOADS = 100;
  private static final int LONGEST_NAME = 255;
  private static final int ID_BYTES = 16;
  private static final Duration KEPT = Duration.ofHours(1);

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
  private final Path folder;

  UploadFolder(Path folder) {
    this.folder = folder;
  }

  static UploadFolder temporary() {
    try {
      return new UploadFolder(Files.createTempDirectory("uploads"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Begins an upload.
   *
   * @throws AGException {@code UploadError} when the file is too large, or there are too many
   */
  synchronized Upload begin(String name, long size) throws IOException {
    if (name.isBlank() || name.length() > LONGEST_NAME || size < 1 || size > LARGEST_FILE) {
      throw new AGException(
          "UploadError", "A file needs a name, and has 1 to " + LARGEST_FILE + " bytes");
    }
    forgetOld();
    if (uploads.size() >= MOST_UPLOADS) {
      throw new AGException("UploadError", "There are too many uploads; try again later");
    }
    String id = newId();
    Upload upload = new Upload(id, name, size, folder.resolve(id));
    uploads.put(id, upload);
    return upload;
  }

  /**
   * Returns an upload.
   *
   * @throws AGException {@code UploadError} when it is not known any more
   */
  Upload find(String id) {
    Upload upload = uploads.get(id);
    if (upload == null) {
      throw new AGException("UploadError", "There is no such upload");
    }
    return upload;
  }

  private void forgetOld() throws IOException {
    List<Upload> old = uploads.values().stream().filter(each -> each.isOlderThan(KEPT)).toList();
    for (Upload each : old) {
      uploads.remove(each.progress().id());
      Files.deleteIfExists(each.file());
    }
  }

  private String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
