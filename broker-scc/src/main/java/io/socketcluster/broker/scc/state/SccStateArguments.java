// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.state;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.server.TlsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The command line of the state server. */
record SccStateArguments(int port, SccStateOptions options, boolean help) {
  static final String USAGE =
      """
      usage: bin/scc-state [--port 7777] [--host ADDRESS] [--versions 9,10] [--cert FILE --key FILE]
                           [--startup-delay MS] [--scale-out-delay MS] [--scale-back-delay MS]
             the environment variable SCC_AUTH_KEY sets the key of the cluster""";

  private static final int DEFAULT_PORT = 7777;
  private static final int PORT_MAX = 65_535;

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with a sentence about the first that makes no sense
   */
  static SccStateArguments of(@Nullable String authKey, String... args) {
    Reading reading = new Reading();
    reading.options.authKey(authKey == null || authKey.isEmpty() ? null : authKey);
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("-h") || args[i].equals("--help")) {
        return new SccStateArguments(0, SccStateOptions.DEFAULT, true);
      }
      if (i + 1 == args.length && Reading.NAMES.contains(args[i])) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      reading.set(args[i], i + 1 == args.length ? "" : args[++i]);
    }
    return reading.read();
  }

  /** The arguments read so far. */
  private static final class Reading {
    static final Set<String> NAMES =
        Set.of(
            "--port",
            "--host",
            "--versions",
            "--cert",
            "--key",
            "--startup-delay",
            "--scale-out-delay",
            "--scale-back-delay");

    private final SccStateOptions.Builder options = SccStateOptions.builder();
    private int port = DEFAULT_PORT;
    private @Nullable Path certificate;
    private @Nullable Path key;

    void set(String name, String value) {
      switch (name) {
        case "--port" -> port = number(name, value, PORT_MAX);
        case "--host" -> options.host(value);
        case "--versions" -> options.versions(versions(value));
        case "--cert" -> certificate = Path.of(value);
        case "--key" -> key = Path.of(value);
        case "--startup-delay" -> options.startupDelay(millis(name, value));
        case "--scale-out-delay" -> options.scaleOutDelay(millis(name, value));
        case "--scale-back-delay" -> options.scaleBackDelay(millis(name, value));
        default -> throw new IllegalArgumentException("there is no option " + name);
      }
    }

    private static int[] versions(String value) {
      return Arrays.stream(value.split(",", -1))
          .mapToInt(each -> number("--versions", each, 999_999))
          .toArray();
    }

    private static Duration millis(String name, String value) {
      return Duration.ofMillis(number(name, value, 600_000));
    }

    private static int number(String name, String text, int most) {
      int number = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
      if (number < 0 || number > most) {
        throw new IllegalArgumentException(
            name + " must be a number from 0 to " + most + ", not " + text);
      }
      return number;
    }

    SccStateArguments read() {
      if ((certificate == null) != (key == null)) {
        throw new IllegalArgumentException("--cert and --key belong together");
      }
      try {
        if (certificate != null && key != null) {
          options.tls(TlsOptions.of(TlsOptions.Pem.of(certificate), TlsOptions.Pem.of(key)));
        }
        return new SccStateArguments(port, options.build(), false);
      } catch (InvalidOptionsError e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
  }
}
