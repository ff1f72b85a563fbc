// SPDX-License-Identifier: MIT
package io.socketcluster.demo;

/**
 * The command line of the demo.
 *
 * @param port to listen on; 0 for any that is free
 * @param help whether only the usage is wanted
 */
record DemoArguments(int port, boolean help) {
  static final String USAGE = "usage: bin/demo [--port 8000]   0 takes any free port";

  private static final int DEFAULT_PORT = 8000;
  private static final int PORT_MAX = 65_535;

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with a sentence about the first that makes no sense
   */
  static DemoArguments of(String... args) {
    DemoArguments read = new DemoArguments(DEFAULT_PORT, false);
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "-h", "--help" -> read = new DemoArguments(read.port, true);
        case "--port" -> {
          if (++i == args.length) {
            throw new IllegalArgumentException("--port needs a value");
          }
          read = new DemoArguments(port(args[i]), read.help);
        }
        default -> throw new IllegalArgumentException("there is no option " + args[i]);
      }
    }
    return read;
  }

  private static int port(String text) {
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
    if (port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException(
          "--port must be a number from 0 to " + PORT_MAX + ", not " + text);
    }
    return port;
  }
}
