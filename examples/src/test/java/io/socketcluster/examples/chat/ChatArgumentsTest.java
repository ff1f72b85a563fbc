// SPDX-License-Identifier: MIT
package io.socketcluster.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatArgumentsTest {
  @Test
  void whatIsNotSaidHasADefault() {
    assertThat(ChatArguments.of())
        .isEqualTo(new ChatArguments(8000, System.getProperty("user.name"), "lobby"));
  }

  @Test
  void portNameAndRoomCanBeSaid() {
    assertThat(ChatArguments.of("--room", "private/staff", "--port", "9000", "--name", "Ada"))
        .isEqualTo(new ChatArguments(9000, "Ada", "private/staff"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "--port 0", "--port 65536", "--port x", "--nick Ada", "Ada"})
  void anythingElseIsRefusedWithASentence(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChatArguments.of(line.split(" ")))
        .withMessageMatching("there is no option .*|--port needs a value|--port must be .*");
  }

  @Test
  void aBlankNameOrRoomIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ChatArguments.of("--name", " "));
    assertThatIllegalArgumentException().isThrownBy(() -> ChatArguments.of("--room", ""));
  }
}
