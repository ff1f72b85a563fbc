// SPDX-License-Identifier: MIT
package io.socketcluster.workers.internal.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a child process hears from its supervisor. */
class SupervisorLinkTest {
  private final List<String> commands = new CopyOnWriteArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"type\":\"rel", "no JSON\n"})
  void theEndOfTheSupervisorIsAnEndAlsoInTheMiddleOfALine(String last) {
    String input = "{\"type\":\"reloadTls\"}\n" + last;
    SupervisorLink link =
        new SupervisorLink(
            new BufferedReader(new StringReader(input)),
            new PrintStream(OutputStream.nullOutputStream(), true, UTF_8));
    link.follow(commands::add);
    await().until(() -> commands.contains("end"));
    assertThat(commands).containsExactly("reloadTls", "end");
  }
}
