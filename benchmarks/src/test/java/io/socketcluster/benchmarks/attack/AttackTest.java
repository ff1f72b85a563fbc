// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttackTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void aScriptHasABlockForEachSocketThatEndsWithTheLastCall(Attack attack) throws IOException {
    Path script = folder.resolve("script");
    attack.writeTo(script);

    try (DataInputStream in = new DataInputStream(Files.newInputStream(script))) {
      for (int socket = 0; socket < attack.sockets(); socket++) {
        byte[] block = in.readNBytes(in.readInt());
        String end = new String(block, block.length - 40, 40, StandardCharsets.ISO_8859_1);
        assertThat(end).endsWith("\"event\":\"echo\",\"data\":1,\"cid\":424242}");
      }
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void collidingNamesDifferAndHaveOneHashCode() {
    assertThat(IntStream.range(0, 20_000).mapToObj(Attack::collidingName))
        .doesNotHaveDuplicates()
        .extracting(String::hashCode)
        .containsOnly(Attack.collidingName(0).hashCode());
  }
}
