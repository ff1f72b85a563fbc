// SPDX-License-Identifier: MIT
package io.socketcluster.examples.chat;

/**
 * What the command line says.
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
   * @throws IllegalArgumentException when there are others
   */
  static ChatArguments of(String... args) {
    ChatArguments read = new ChatArguments(8000, System.getProperty("user.name"), "lobby");
    if (args.length % 2 != 0) {
      throw new IllegalArgumentException(USAGE);
    }
    for (int i = 0; i < args.length; i += 2) {
      read = read.with(args[i], args[i + 1]);
    }
    return read;
  }

  private ChatArguments with(String option, String value) {
    return switch (option) {
      case "--port" -> new ChatArguments(port(value), name, room);
      case "--name" -> new ChatArguments(port, notBlank(value), room);
      case "--room" -> new ChatArguments(port, name, notBlank(value));
      default -> throw new IllegalArgumentException(USAGE);
    };
  }

  private static int port(String value) {
    int port = value.matches("\\d{1,5}") ? Integer.parseInt(value) : 0;
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(USAGE);
    }
    return port;
  }

  private static String notBlank(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(USAGE);
    }
    return value;
  }
}
