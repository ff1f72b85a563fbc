// SPDX-License-Identifier: MIT
package io.socketcluster.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.server.AGServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example of the Java client as a stranger starts it: a terminal that chats with the page. */
class ChatIT {
  private static final Path ROOT = Path.of("..");
  private static final String AUTH_KEY = "a key that stays the same over all restarts";
  private static final Duration BUILD_AND_START = Duration.ofMinutes(15);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(
          port -> TestServers.demo(port, AGServerOptions.builder().authKey(AUTH_KEY)));

  private static ChildProcess startChat(String... arguments) {
    List<String> command = new ArrayList<>(List.of("bin/chat", "--port", "" + SERVER.port()));
    command.addAll(List.of(arguments));
    return ChildProcess.start(ROOT, command);
  }

  @Test
  void theTerminalAndThePageHearEachOther() {
    try (ChildProcess terminal = startChat("--name", "Tess")) {
      terminal.awaitLine("* joined lobby"::equals, BUILD_AND_START);
      try (ScenarioRun page = Scenario.named("terminal-chat").start(SERVER.port())) {
        page.await("READY");
        terminal.awaitLine("* Ann joined"::equals, PATIENCE);
        terminal.type("Hello, page");
        terminal.awaitLine("Ann: Hello, terminal"::equals, PATIENCE);
        terminal.endInput();
        assertThat(terminal.awaitEnd(PATIENCE)).isZero();
        page.awaitSuccess();
      }
    }
  }

  @Test
  void theTerminalComesBackLoggedInToItsPrivateRoom() throws Exception {
    try (ChildProcess terminal = startChat("--name", "Tess", "--room", "private/staff")) {
      terminal.awaitLine("* joined private/staff"::equals, BUILD_AND_START);
      SERVER.restart();
      terminal.awaitLine(line -> line.startsWith("* offline: 4"), PATIENCE);
      terminal.awaitLines("* joined private/staff"::equals, 2, PATIENCE);
      terminal.type("I am back");
      terminal.endInput();
      assertThat(terminal.awaitEnd(PATIENCE)).isZero();
      assertThat(terminal.lines()).containsOnlyOnce("* logged in as Tess").noneMatch(ChatIT::isBad);
    }
  }

  @Test
  void aRoomThatTheServerRefusesEndsTheTerminal() {
    try (ChildProcess terminal = startChat("--room", "x".repeat(17_000))) {
      assertThat(terminal.awaitEnd(BUILD_AND_START)).isEqualTo(1);
      assertThat(terminal.lines()).anyMatch(line -> line.startsWith("* cannot join xxx"));
    }
  }

  private static boolean isBad(String line) {
    return line.startsWith("* not ") || line.startsWith("* cannot ");
  }
}
