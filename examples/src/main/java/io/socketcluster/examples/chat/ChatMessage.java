// SPDX-License-Identifier: MIT
package io.socketcluster.examples.chat;

import org.jspecify.annotations.Nullable;

/**
 * What is published in a room, as the demo's page has it: somebody said something, joined or left.
 *
 * @param type {@code message} or {@code presence}
 * @param name who
 * @param text what was said, of a message
 * @param change {@code joined} or {@code left}, of a presence
 * @param windowId tells the windows and terminals of one person apart
 */
record ChatMessage(
    @Nullable String type,
    @Nullable String name,
    @Nullable String text,
    @Nullable String change,
    @Nullable String windowId) {
  private static final int LONGEST_NAME = 32;
  private static final int LONGEST_TEXT = 2000;

  static ChatMessage said(String name, String text, String windowId) {
    return new ChatMessage("message", name, text, null, windowId);
  }

  static ChatMessage presence(String name, String change, String windowId) {
    return new ChatMessage("presence", name, null, change, windowId);
  }

  /** Returns a line for the terminal, or null when there is nothing to show. */
  @Nullable String line() {
    if (name == null) {
      return null;
    }
    String who = harmless(name, LONGEST_NAME);
    if ("message".equals(type) && text != null) {
      return who + ": " + harmless(text, LONGEST_TEXT);
    }
    boolean isPresence = "joined".equals(change) || "left".equals(change);
    return "presence".equals(type) && isPresence ? "* " + who + " " + change : null;
  }

  /** Others wrote it: it must not move the cursor, nor do else what a terminal can be told. */
  private static String harmless(String foreign, int longest) {
    String start = foreign.length() > longest ? foreign.substring(0, longest) : foreign;
    return start.replaceAll("[\\p{Cc}\\p{Cf}]", " ");
  }
}
