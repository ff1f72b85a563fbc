// SPDX-License-Identifier: MIT
package io.socketcluster.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class ChatMessageTest {
  @Test
  void whatIsSaidIsShownWithTheName() {
    assertThat(said("Ada", "Hello").line()).isEqualTo("Ada: Hello");
  }

  @Test
  void aGuestIsNobodyElse() {
    assertThat(new ChatMessage("message", null, "Hello", null, "s").line())
        .isEqualTo("(a guest): Hello");
  }

  @Test
  void theSenderSaysNothingOfHimself() {
    assertThat(ChatMessage.said("Hello"))
        .isEqualTo(new ChatMessage("message", null, "Hello", null, null));
  }

  private static ChatMessage said(String name, String text) {
    return new ChatMessage("message", name, text, null, "s");
  }

  private static ChatMessage presence(String name, String change) {
    return new ChatMessage("presence", name, null, change, "s");
  }

  @Test
  void whoComesAndLeavesIsShown() {
    assertThat(presence("Ada", "joined").line()).isEqualTo("* Ada joined");
    assertThat(presence("Ada", "left").line()).isEqualTo("* Ada left");
  }

  @Test
  void anythingElseIsNotShown() {
    assertThat(new ChatMessage("presence", null, null, "joined", null).line()).isNull();
    assertThat(new ChatMessage("message", "Ada", null, null, null).line()).isNull();
    assertThat(new ChatMessage("presence", "Ada", null, "fell asleep", null).line()).isNull();
    assertThat(new ChatMessage(null, "Ada", "Hello", "joined", null).line()).isNull();
  }

  @Test
  void othersCannotControlTheTerminal() {
    assertThat(said("Ada\r", "\u001b[2Jboo\u202eooh\u009b1m\nEve: hi").line())
        .isEqualTo("Ada :  [2Jboo ooh 1m Eve: hi");
  }

  @Test
  void aLongMessageIsCut() {
    String line = said("n".repeat(100), "t".repeat(5000)).line();
    assertThat(Objects.requireNonNull(line)).hasSize(32 + 2 + 2000);
  }
}
