// SPDX-License-Identifier: MIT
package io.socketcluster.examples.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketcluster.protocol.errors.AGException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadFolderTest {
  @Test
  void aFileIsNamedByItsIdAndHasItsBytes(@TempDir Path temporary) throws IOException {
    Upload upload = new UploadFolder(temporary).begin("../../etc/notes", 9);
    upload.append(0, "upl".getBytes(UTF_8));
    upload.append(3, "oading".getBytes(UTF_8));

    try (Stream<Path> files = Files.list(temporary)) {
      List<Path> all = files.toList();
      assertThat(all).containsExactly(temporary.resolve(upload.progress().id()));
      assertThat(all.getFirst()).hasContent("uploading");
    }
  }

  @Test
  void thereAreOnlySoManyUploads(@TempDir Path temporary) throws IOException {
    UploadFolder folder = new UploadFolder(temporary);
    for (int i = 0; i < UploadFolder.MOST_UPLOADS; i++) {
      folder.begin("a", 1);
    }
    assertThatThrownBy(() -> folder.begin("a", 1))
        .isInstanceOf(AGException.class)
        .hasMessageContaining("too many");
  }
}
