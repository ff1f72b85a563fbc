// SPDX-License-Identifier: MIT
package io.socketcluster.core.options;

import io.socketcluster.protocol.errors.InvalidOptionsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The values of a set of options, beginning with the defaults. A builder changes them; once {@link
 * #check} has passed and nobody changes them any more, any thread may read them.
 */
public final class OptionValues {
  private final OptionSet set;
  private final @Nullable Object[] given; // null: the default
  private final List<String> refusals;

  /** A value that no setter could be given, kept until all are checked. */
  private record Refused(String shown, String allowed) {}

  /** Creates the defaults. */
  public OptionValues(OptionSet set) {
    this(set, new @Nullable Object[set.options().size()], new ArrayList<>());
  }

  private OptionValues(OptionSet set, @Nullable Object[] given, List<String> refusals) {
    this.set = set;
    this.given = given;
    this.refusals = refusals;
  }

  /** Returns values that begin with these. */
  public OptionValues copy() {
    return new OptionValues(set, given.clone(), new ArrayList<>(refusals));
  }

  /** Sets an option; null is refused by {@link #check}. */
  public <T> void set(Option<T> option, @Nullable T value) {
    given[option.index()] = value == null ? new Refused("null", option.allowed()) : value;
  }

  /** Changes the value of an option; one that is refused already stays refused. */
  public <T> void change(Option<T> option, Function<T, @Nullable T> change) {
    if (!(given[option.index()] instanceof Refused)) {
      set(option, change.apply(get(option)));
    }
  }

  /** Sets an option to its default. */
  public void reset(Option<?> option) {
    given[option.index()] = null;
  }

  /** Sets an option, or resets it with null. */
  public <T> void setOrReset(Option<T> option, @Nullable T value) {
    given[option.index()] = value;
  }

  /** Returns the value of an option that has a default. */
  public <T> T get(Option<T> option) {
    return Objects.requireNonNull(find(option), option::name);
  }

  /** Returns the value of an option, or null when it is unset. */
  @SuppressWarnings("unchecked") // only set() puts it there
  public <T> @Nullable T find(Option<T> option) {
    Object value = given[option.index()];
    return value == null ? option.initial() : (T) value;
  }

  /** Returns whether an option was given a value. */
  public boolean isGiven(Option<?> option) {
    return given[option.index()] != null;
  }

  /** Sets the option of a name from data; what cannot be read is refused by {@link #check}. */
  void read(String name, JsonNode data) {
    Option<?> option = set.find(name);
    if (option == null) {
      refusals.add(set.refusal(name));
    } else {
      read(option, data);
    }
  }

  /** Lets {@link #check} refuse the value of a name, which cannot be written as data. */
  void refuseData(String name) {
    Option<?> option = set.find(name);
    if (option == null) {
      refusals.add(set.refusal(name));
    } else {
      given[option.index()] = new Refused("no data", option.format().allowed());
    }
  }

  private <T> void read(Option<T> option, JsonNode data) {
    OptionFormat<T> format = option.format();
    T value = format.reader().apply(data);
    String shown = option.shown(data.isString() ? data.stringValue() : data);
    given[option.index()] = value == null ? new Refused(shown, format.allowed()) : value;
  }

  /** Lets {@link #check} refuse what was given for no single option. */
  public void refuse(String refusal) {
    refusals.add(refusal);
  }

  /**
   * Checks each value.
   *
   * @throws InvalidOptionsError that names every refused option, its value and what is allowed
   */
  public void check() {
    List<String> all = new ArrayList<>(refusals);
    for (Option<?> option : set.options()) {
      String refusal = refusal(option);
      if (refusal != null) {
        all.add(refusal);
      }
    }
    if (!all.isEmpty()) {
      throw new InvalidOptionsError(String.join("\n", all));
    }
  }

  private <T> @Nullable String refusal(Option<T> option) {
    if (given[option.index()] instanceof Refused refused) {
      return option.refusal("", refused.shown, refused.allowed);
    }
    T value = find(option);
    return value == null ? null : option.refusal(value);
  }

  /** Returns the error for a value that does not fit the others. */
  public InvalidOptionsError refused(Option<?> option, String allowed) {
    return new InvalidOptionsError(option.refusal("", option.shown(find(option)), allowed));
  }
}
