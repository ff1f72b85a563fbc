// SPDX-License-Identifier: MIT
package io.socketcluster.cli.internal.config;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import io.socketcluster.workers.WorkersOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The configuration of a command: from a file, then the environment, then the flags. */
public final class Configuration {
  private static final String DEFAULT_FILE = "socketcluster.json";
  private static final String PREFIX = "SOCKETCLUSTER_";
  private static final Pattern NEAREST = Pattern.compile("the nearest is (\\w+)");

  /** Only code sets these. */
  public static final Set<String> OBJECTS =
      Set.of(
          "codecEngine",
          "jsonMapper",
          "httpHandler",
          "authEngine",
          "requestInterceptor",
          "brokerEngine",
          "serverObserver",
          "timeSource");

  /** Every user of a machine sees the arguments of all processes. */
  public static final Set<String> SECRETS =
      Set.of("authKey", "authPrivateKey", "tls", "broker", "protocolOptions");

  /** Lists belong into a file. */
  public static final Set<String> STRUCTURES = Set.of("endpoints");

  private final Map<String, String> environment;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "a JSON object of options; default: ${DEFAULT-VALUE}, if there is such a file",
      defaultValue = DEFAULT_FILE)
  private @Nullable Path file;

  private final Map<String, String> flags = new LinkedHashMap<>();

  /** Creates the configuration of a command, which reads the environment. */
  public Configuration(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Adds a flag for each option that may be one. */
  public static void addFlags(CommandSpec spec, Configuration configuration) {
    for (String name : WorkersOptions.names()) {
      if (!OBJECTS.contains(name) && !SECRETS.contains(name) && !STRUCTURES.contains(name)) {
        spec.addOption(flag(name, configuration));
      }
    }
  }

  private static OptionSpec flag(String name, Configuration configuration) {
    String variable = variableOf(name);
    return OptionSpec.builder("--" + kebab(name))
        .paramLabel("VALUE")
        .type(String.class)
        .hidden(!OftenUsed.FLAGS.containsKey(name))
        .description(OftenUsed.FLAGS.getOrDefault(name, "the option " + name))
        .setter(
            new CommandLine.Model.ISetter() {
              @Override
              @SuppressWarnings("unchecked") // as picocli declares it: the old value
              public <T> @Nullable T set(@Nullable T value) {
                if (value != null) {
                  configuration.flags.put(variable, value.toString());
                }
                return null;
              }
            })
        .build();
  }

  /** Returns why a secret among unknown arguments is refused, or null if there is none. */
  public static @Nullable String secretOf(List<String> unknown) {
    for (String name : SECRETS) {
      for (String arg : unknown) {
        if (arg.startsWith("-") && nameOf(arg).equalsIgnoreCase(name)) {
          return name
              + " is no flag, because all users of a machine see the arguments of a process: set it"
              + " in the file, or by the variable "
              + variableOf(name);
        }
      }
    }
    return null;
  }

  /** Returns the flag that an unknown flag may have been meant to be, or null. */
  public static @Nullable String nearest(String flag) {
    String name = nameOf(flag);
    try {
      WorkersOptions.builder().fromMap(Map.of(name, "")).build();
      return null;
    } catch (InvalidOptionsError e) {
      Matcher nearest = NEAREST.matcher(e.getMessage());
      return nearest.find() ? "--" + kebab(nearest.group(1)) : null;
    }
  }

  /** Returns the letters of a flag's name, which may be in any style. */
  private static String nameOf(String flag) {
    return flag.split("=", 2)[0].replaceAll("[-_]", "");
  }

  /** Returns the name of an option as a flag has it, without its hyphens. */
  public static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static String variableOf(String name) {
    return PREFIX + kebab(name).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Reads all of it; the last value of an option wins. */
  public WorkersOptions.Builder read() {
    WorkersOptions.Builder builder = WorkersOptions.builder();
    Path path = file;
    if (path != null && (Files.exists(path) || !path.toString().equals(DEFAULT_FILE))) {
      builder.fromJson(textOf(path));
    }
    return builder.fromEnvironment(environment).fromEnvironment(flags);
  }

  private static String textOf(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new CommandFailure("cannot read the file " + path + ": " + Reasons.of(e));
    }
  }
}
