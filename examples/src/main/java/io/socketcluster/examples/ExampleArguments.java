// SPDX-License-Identifier: MIT
package io.socketcluster.examples;

import java.util.Set;

/**
 * The command line of the examples.
 *
 * @param name of the example
 * @param port to listen on; 0 for any that is free
 */
record ExampleArguments(String name, int port) {
  private static final int DEFAULT_PORT = 8000;
  private static final int HIGHEST_PORT = 65_535;

  static String usage(Set<String> names) {
    return "usage: bin/example " + String.join("|", names) + " [--port 8000]";
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with a sentence about the first that makes no sense
   */
  static ExampleArguments of(Set<String> names, String... args) {
    if (args.length == 0) {
      throw new IllegalArgumentException("which example?");
    }
    if (!names.contains(args[0])) {
      throw new IllegalArgumentException("there is no example " + args[0]);
    }
    return new ExampleArguments(args[0], args.length == 1 ? DEFAULT_PORT : port(args));
  }

  private static int port(String... args) {
    if (!args[1].equals("--port")) {
      throw new IllegalArgumentException("there is no option " + args[1]);
    }
    String value = args.length == 3 ? args[2] : "";
    int port = value.matches("\\d{1,5}") ? Integer.parseInt(value) : -1;
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "--port needs one number from 0 to " + HIGHEST_PORT + ", not \"" + value + "\"");
    }
    return port;
  }
}
