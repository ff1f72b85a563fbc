// SPDX-License-Identifier: MIT
package io.socketcluster.demo;

import org.jspecify.annotations.Nullable;

/**
 * The command line of the demo.
 *
 * @param port to listen on; 0 for any that is free
 * @param broker the URL of the broker that joins this demo to others; null for a demo alone
 * @param help whether only the usage is wanted
 */
record DemoArguments(int port, @Nullable String broker, boolean help) {
  static final String USAGE =
      """
      usage: bin/demo [--port 8000] [--broker URL]   port 0 takes any free port
             URL: nats://host:4222, tls://host:4222, redis://host:6379, rediss://host:6379,
                  redis+sentinel://host:26379/MASTER, redis+cluster://host:6379,
                  scc://host:7777?authKey=KEY, sccs://host:7777?authKey=KEY""";

  private static final int DEFAULT_PORT = 8000;
  private static final int PORT_MAX = 65_535;

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with a sentence about the first that makes no sense
   */
  static DemoArguments of(String... args) {
    DemoArguments read = new DemoArguments(DEFAULT_PORT, null, false);
    for (int i = 0; i < args.length; i++) {
      read =
          switch (args[i]) {
            case "-h", "--help" -> new DemoArguments(read.port, read.broker, true);
            case "--port" -> new DemoArguments(port(value(args, i++)), read.broker, read.help);
            case "--broker" -> new DemoArguments(read.port, value(args, i++), read.help);
            default -> throw new IllegalArgumentException("there is no option " + args[i]);
          };
    }
    return read;
  }

  private static String value(String[] args, int option) {
    if (option + 1 == args.length) {
      throw new IllegalArgumentException(args[option] + " needs a value");
    }
    return args[option + 1];
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
