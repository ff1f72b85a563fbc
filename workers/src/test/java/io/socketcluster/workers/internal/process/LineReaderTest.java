// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Lines of bounded length. */
class LineReaderTest {
  @Test
  void aLongLineIsCutAndTheNextIsWhole() throws IOException {
    byte[] text = ("x".repeat(100) + "\nshort\r\n\nlast").getBytes(UTF_8);
    LineReader lines = new LineReader(new ByteArrayInputStream(text), 10);
    assertThat(lines.next()).isEqualTo("xxxxxxxxxx");
    assertThat(lines.next()).isEqualTo("short");
    assertThat(lines.next()).isEmpty();
    assertThat(lines.next()).isEqualTo("last");
    assertThat(lines.next()).isNull();
  }
}
