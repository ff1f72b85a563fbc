// SPDX-License-Identifier: MIT
package io.socketcluster.examples.chat;

import org.jspecify.annotations.Nullable;

/**
 * The command line of the chat.
 *
 * @param port of the demo on this machine
 * @param name to log in with
 * @param room to join
 */
record ChatArguments(int port, String name, String room) {
  static final String USAGE = "usage: chat [--port 8000] [--name NAME] [--room lobby]";

  private static final int HIGHEST_PORT = 65_535;

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with a sentence about the first that makes no sense
   */
  static ChatArguments of(String... args) {
    ChatArguments read = new ChatArguments(8000, System.getProperty("user.name"), "lobby");
    for (int i = 0; i < args.length; i += 2) {
      read = read.with(args[i], i + 1 < args.length ? args[i + 1] : null);
    }
    return read;
  }

  private ChatArguments with(String option, @Nullable String value) {
    return switch (option) {
      case "--port" -> new ChatArguments(port(notBlank(option, value)), name, room);
      case "--name" -> new ChatArguments(port, notBlank(option, value), room);
      case "--room" -> new ChatArguments(port, name, notBlank(option, value));
      default -> throw new IllegalArgumentException("there is no option " + option);
    };
  }

  private static int port(String value) {
    int port = value.matches("\\d{1,5}") ? Integer.parseInt(value) : 0;
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "--port must be a number from 1 to " + HIGHEST_PORT + ", not " + value);
    }
    return port;
  }

  private static String notBlank(String option, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return value;
  }
}
