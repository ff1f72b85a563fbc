// SPDX-License-Identifier: MIT
package io.socketcluster.core.options;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of one kind of thing, each declared once. Declared by one thread, in a static
 * initializer; read by any.
 */
public final class OptionSet {
  /** A name that differs in more than one of so many letters is no slip of the keyboard. */
  private static final int LETTERS_OF_A_SLIP = 4;

  private final List<Option<?>> options = new ArrayList<>();
  private final Map<String, String> absent;

  /**
   * Creates an empty set.
   *
   * @param absent names that users may know from elsewhere, with the reason why each is missing
   */
  public OptionSet(Map<String, String> absent) {
    this.absent = Map.copyOf(absent);
  }

  /** Adds an option and returns it, with its place. */
  public <T> Option<T> add(Option<T> option) {
    Option<T> placed = option.at(options.size());
    options.add(placed);
    return placed;
  }

  /** Returns the options in the order of their declaration. */
  public List<Option<?>> options() {
    return Collections.unmodifiableList(options);
  }

  /** Returns the option of that name, or null. */
  public @Nullable Option<?> find(String name) {
    for (Option<?> option : options) {
      if (option.name().equals(name)) {
        return option;
      }
    }
    return null;
  }

  /** Returns the refusal of a name that no option has. */
  String refusal(String name) {
    String why = absent.get(name);
    if (why != null) {
      return name + " is no option here: " + why;
    }
    String nearest = nearest(name);
    return Option.line(name)
        + " is no option"
        + (nearest == null ? "" : "; the nearest is " + nearest);
  }

  /** Returns the name of an option that a name may have been meant to be, or null. */
  @Nullable String nearest(String name) {
    return options.stream()
        .map(Option::name)
        .filter(known -> name.length() <= 2 * known.length())
        .filter(known -> EditDistance.between(known, name) <= known.length() / LETTERS_OF_A_SLIP)
        .min(Comparator.comparingInt(known -> EditDistance.between(known, name)))
        .orElse(null);
  }
}
