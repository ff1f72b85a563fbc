// SPDX-License-Identifier: MIT
package io.socketcluster.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class ChatMessageTest {
  @Test
  void whatIsSaidIsShownWithTheName() {
    assertThat(ChatMessage.said("Ada", "Hello", "w").line()).isEqualTo("Ada: Hello");
  }

  @Test
  void whoComesAndLeavesIsShown() {
    assertThat(ChatMessage.presence("Ada", "joined", "w").line()).isEqualTo("* Ada joined");
    assertThat(ChatMessage.presence("Ada", "left", "w").line()).isEqualTo("* Ada left");
  }

  @Test
  void anythingElseIsNotShown() {
    assertThat(new ChatMessage("message", null, "Hello", null, null).line()).isNull();
    assertThat(new ChatMessage("message", "Ada", null, null, null).line()).isNull();
    assertThat(new ChatMessage("presence", "Ada", null, "fell asleep", null).line()).isNull();
    assertThat(new ChatMessage(null, "Ada", "Hello", "joined", null).line()).isNull();
  }

  @Test
  void othersCannotControlTheTerminal() {
    assertThat(ChatMessage.said("Ada\r", "\u001b[2Jboo\u202eooh\u009b1m\nEve: hi", "w").line())
        .isEqualTo("Ada :  [2Jboo ooh 1m Eve: hi");
  }

  @Test
  void aLongMessageIsCut() {
    String line = ChatMessage.said("n".repeat(100), "t".repeat(5000), "w").line();
    assertThat(Objects.requireNonNull(line)).hasSize(32 + 2 + 2000);
  }
}
