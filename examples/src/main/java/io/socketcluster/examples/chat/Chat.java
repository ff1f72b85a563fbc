// SPDX-License-Identifier: MIT
package io.socketcluster.examples.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;

/** The program that {@code bin/chat} starts. */
public final class Chat {
  private Chat() {}

  /**
   * Chats until the input ends.
   *
   * @param args {@code --port PORT}, {@code --name NAME}, {@code --room ROOM}; {@code --help}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (List.of(args).contains("--help")) {
      System.out.println(ChatArguments.USAGE);
      return;
    }
    ChatArguments arguments;
    try {
      arguments = ChatArguments.of(args);
    } catch (IllegalArgumentException e) {
      System.err.println("chat: " + e.getMessage());
      System.err.println(ChatArguments.USAGE);
      System.exit(2);
      return;
    }
    Charset encoding =
        Charset.forName(
            System.getProperty("stdin.encoding", System.getProperty("native.encoding", "UTF-8")));
    BufferedReader typed = new BufferedReader(new InputStreamReader(System.in, encoding));
    System.exit(run(arguments, typed) ? 0 : 1);
  }

  private static boolean run(ChatArguments arguments, BufferedReader typed)
      throws IOException, InterruptedException {
    try (TerminalChat chat = new TerminalChat(arguments, Chat::print)) {
      if (!chat.awaitJoined()) {
        return false;
      }
      for (String line = typed.readLine(); line != null; line = typed.readLine()) {
        chat.say(line.strip());
      }
      return true;
    }
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
