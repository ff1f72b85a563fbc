// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketcluster.cli.internal.config.Configuration;
import io.socketcluster.server.AGServerOptions;
import io.socketcluster.workers.WorkersOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands that end at once: what they print, and their status. */
class CommandsTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private final Map<String, String> environment = new LinkedHashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = new Commands(null, environment).line();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create", "run", "check", "token", "health", "publish", "bench", "status", "reload", "stop",
        "logs"
      })
  void helpIsTheUsageAndSuccess(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: socketcluster " + command);
  }

  @Test
  void theVersionIsThatOfTheLibrary() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("socketcluster \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @ParameterizedTest
  @CsvSource({
    "check --prot 1, --port",
    "check --wokers 3, --workers",
    "chek, check",
    "run --ping-timeot 3s, --ping-timeout"
  })
  void whatIsUnknownIsRefusedWithTheNearest(String line, String nearest) {
    assertThat(run(line.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).startsWith("socketcluster: ").contains(nearest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--auth-key", "--authKey", "--auth_key", "--authkey"})
  void aSecretIsNoFlag(String flag) {
    assertThat(run("check", flag, KEY)).isEqualTo(2);
    assertThat(run("check", flag + "=" + KEY)).isEqualTo(2);
    assertThat(err.toString()).contains("SOCKETCLUSTER_AUTH_KEY").doesNotContain(KEY);
  }

  @Test
  void theValueOfAnOptionIsNoSecret() {
    assertThat(run("check", "--jvm-options", "--broker", "--wokers=3")).isEqualTo(2);
    assertThat(err.toString()).contains("--wokers").doesNotContain("SOCKETCLUSTER_BROKER");
  }

  static Stream<String> flags() {
    return WorkersOptions.names().stream()
        .filter(name -> !Configuration.OBJECTS.contains(name))
        .filter(name -> !Configuration.SECRETS.contains(name))
        .filter(name -> !Configuration.STRUCTURES.contains(name));
  }

  @ParameterizedTest
  @MethodSource("flags")
  void everyOtherOptionIsAFlag(String name) {
    assertThat(run("check", "--" + Configuration.kebab(name), "\u0000")).isIn(0, 2);
    assertThat(err.toString()).doesNotContain("Unknown option");
  }

  @Test
  void onlyCodeSetsWhatIsNoFlag() {
    assertThat(AGServerOptions.names()).containsAll(Configuration.OBJECTS);
    assertThat(WorkersOptions.names())
        .containsAll(Configuration.SECRETS)
        .containsAll(Configuration.STRUCTURES);
  }

  @Test
  void theFileComesFirstThenTheEnvironmentThenTheFlags(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("options.json");
    Files.writeString(file, "{\"port\": -1, \"maxPayload\": -1, \"workers\": -1}");
    environment.put("SOCKETCLUSTER_PORT", "1");
    environment.put("SOCKETCLUSTER_MAX_PAYLOAD", "-2");
    assertThat(run("check", "-c", file.toString(), "--max-payload", "5000")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines("socketcluster: workers is -1; allowed: 1 to 256\n");
  }

  @Test
  void aFileThatIsNamedMustBeThere() {
    assertThat(run("check", "-c", "nowhere.json")).isEqualTo(1);
    assertThat(err.toString()).contains("cannot read the file nowhere.json: there is no such file");
  }

  @Test
  void aConfigurationIsCheckedAsJson(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("options.json");
    Files.writeString(file, "{\"pingTimout\": 1}");
    assertThat(run("check", "--json", "-c", file.toString())).isEqualTo(2);
    assertThat(out.toString())
        .contains("{\"valid\":false,\"errors\":[\"pingTimout is no option; the nearest is ");
  }

  @Test
  void aTokenThatIsSignedIsVerified() {
    environment.put("SOCKETCLUSTER_AUTH_KEY", KEY);
    assertThat(run("token", "sign", "{\"username\":\"ada\"}", "--expires-in", "1h")).isZero();
    String token = out.toString().strip();
    out.getBuffer().setLength(0);
    assertThat(run("token", "verify", token, "--json")).isZero();
    assertThat(out.toString()).contains("\"valid\":true").contains("\"username\":\"ada\"");
  }

  @Test
  void aForgedTokenIsRefused() {
    environment.put("SOCKETCLUSTER_AUTH_KEY", KEY);
    assertThat(run("token", "verify", "a.b.c")).isEqualTo(1);
    assertThat(err.toString()).startsWith("socketcluster: the token is refused: ");
  }

  @Test
  void aTokenNeedsAKey() {
    assertThat(run("token", "sign", "{}")).isEqualTo(1);
    assertThat(err.toString()).contains("SOCKETCLUSTER_AUTH_KEY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "no JSON", ""})
  void claimsAreAnObject(String claims) {
    environment.put("SOCKETCLUSTER_AUTH_KEY", KEY);
    assertThat(run("token", "sign", claims)).isEqualTo(2);
    assertThat(err.toString()).contains("the claims are no JSON object");
  }

  @Test
  void aTokenEndsAfterATime() {
    environment.put("SOCKETCLUSTER_AUTH_KEY", KEY);
    assertThat(run("token", "sign", "{}", "--expires-in", "soon")).isEqualTo(2);
    assertThat(err.toString()).contains("--expires-in is soon; allowed: a time such as 30m or 7d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "reload", "stop"})
  void aCommandForASupervisorSaysThatThereIsNone(String command, @TempDir Path folder) {
    assertThat(run(command, "--directory", folder.toString())).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines("socketcluster: no supervisor runs in " + folder + "\n");
  }

  @Test
  void theLogIsShownAsTextAndAsJson(@TempDir Path folder) throws IOException {
    String line =
        "{\"time\":\"2026-11-30T12:00:00Z\",\"level\":\"warn\",\"origin\":\"worker\",\"worker\":1,"
            + "\"pid\":5,\"message\":\"late\"}";
    Files.writeString(folder.resolve("socketcluster.log"), "no JSON\n" + line + "\n");
    assertThat(run("logs", "-n", "1", "--directory", folder.toString())).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines("2026-11-30T12:00:00Z WARN [worker 1, 5] late\n");
    assertThat(run("logs", "--json", "--directory", folder.toString())).isZero();
    assertThat(out.toString()).contains("no JSON", line);
  }

  @ParameterizedTest
  @CsvSource({"--clients, 0", "--clients, 10001", "--rate, 0", "--seconds, 601"})
  void aLoadIsBounded(String option, String value) {
    assertThat(run("bench", "ws://localhost:1/", option, value)).isEqualTo(2);
    assertThat(err.toString()).contains(option + " is " + value + "; allowed: 1 to ");
  }

  @Test
  void theCompletionKnowsTheCommands() {
    assertThat(run("generate-completion")).isZero();
    assertThat(out.toString()).contains("create").contains("--log-level");
  }
}
