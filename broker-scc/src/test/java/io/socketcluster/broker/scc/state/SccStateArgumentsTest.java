// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SccStateArgumentsTest {
  @Test
  void everyArgumentCounts() {
    SccStateArguments read =
        SccStateArguments.of(
            "key",
            "--port",
            "1",
            "--host",
            "127.0.0.1",
            "--versions",
            "10,11",
            "--startup-delay",
            "7",
            "--scale-out-delay",
            "8",
            "--scale-back-delay",
            "9");

    assertThat(read.port()).isEqualTo(1);
    assertThat(read.options().host()).isEqualTo("127.0.0.1");
    assertThat(read.options().authKey()).isEqualTo("key");
    assertThat(read.options().versions()).isEqualTo(Set.of(10, 11));
    assertThat(read.options().delays())
        .isEqualTo(
            new SccStateOptions.Delays(
                Duration.ofMillis(7),
                Duration.ofMillis(8),
                Duration.ofMillis(9),
                Duration.ofSeconds(2)));
  }

  @Test
  void withoutArgumentsItIsAsTheOriginal() {
    SccStateArguments read = SccStateArguments.of(null);

    assertThat(read.port()).isEqualTo(7777);
    assertThat(read.options().authKey()).isNull();
    assertThat(read.options().delays())
        .isEqualTo(
            new SccStateOptions.Delays(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2)));
    assertThat(SccStateArguments.of("", "--help").help()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "--nope 1,                     there is no option --nope",
    "7777,                         there is no option 7777",
    "--port,                       --port needs a value",
    "--port x,                     '--port must be a number from 0 to 65535, not x'",
    "--port 65536,                 '--port must be a number from 0 to 65535, not 65536'",
    "'--versions 9,',              --versions must be a number",
    "--startup-delay -1,           --startup-delay must be a number",
    "--cert a.pem,                 --cert and --key belong together"
  })
  void whatMakesNoSenseIsNamed(String line, String sentence) {
    assertThatThrownBy(() -> SccStateArguments.of(null, line.split(" ", -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(sentence);
  }
}
