// SPDX-License-Identifier: MIT
package io.socketcluster.examples.chat;

import org.jspecify.annotations.Nullable;

/**
 * A message of a room, as the demo's page has it: somebody said something, joined or left. The
 * server puts in the name and the socket of the sender, whatever the sender wrote there.
 *
 * @param type {@code message} or {@code presence}
 * @param name of the sender, null for a guest
 * @param text what was said, of a message
 * @param change {@code joined} or {@code left}, of a presence
 * @param socketId of the sender
 */
record ChatMessage(
    @Nullable String type,
    @Nullable String name,
    @Nullable String text,
    @Nullable String change,
    @Nullable String socketId) {
  private static final int LONGEST_NAME = 32;
  private static final int LONGEST_TEXT = 2000;

  static ChatMessage said(String text) {
    return new ChatMessage("message", null, text, null, null);
  }

  static ChatMessage presence(String change) {
    return new ChatMessage("presence", null, null, change, null);
  }

  /** Returns a line for the terminal, or null when there is nothing to show. */
  @Nullable String line() {
    String sender = name == null ? "(a guest)" : harmless(name, LONGEST_NAME);
    if ("message".equals(type) && text != null) {
      return sender + ": " + harmless(text, LONGEST_TEXT);
    }
    boolean isPresence = name != null && ("joined".equals(change) || "left".equals(change));
    return "presence".equals(type) && isPresence ? "* " + sender + " " + change : null;
  }

  /** Others wrote it: it must not move the cursor, nor do else what a terminal can be told. */
  private static String harmless(String foreign, int longest) {
    String start = foreign.length() > longest ? foreign.substring(0, longest) : foreign;
    return start.replaceAll("[\\p{Cc}\\p{Cf}]", " ");
  }
}
