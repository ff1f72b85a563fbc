// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/** The arguments of a program, {@code --name value} each, over their defaults. Immutable. */
public final class Arguments {
  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads arguments.
   *
   * @param defaults every name that is known, with its default
   * @throws IllegalArgumentException when a name is not known or has no value
   */
  public static Arguments parse(String[] args, Map<String, String> defaults) {
    Map<String, String> values = new LinkedHashMap<>(defaults);
    for (int i = 0; i < args.length; i += 2) {
      String name = args[i].startsWith("--") ? args[i].substring(2) : args[i];
      if (!defaults.containsKey(name)) {
        throw new IllegalArgumentException("there is no option " + args[i]);
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      values.put(name, args[i + 1]);
    }
    return new Arguments(values);
  }

  /** Returns a value as it was written. */
  public String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no option --" + name);
    }
    return value;
  }

  /**
   * Returns a value as a number.
   *
   * @throws IllegalArgumentException when it is none from {@code least} to {@code most}
   */
  public int number(String name, int least, int most) {
    String text = text(name);
    if (text.matches("\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "--" + name + " must be a number from " + least + " to " + most + ", not " + text);
  }
}
