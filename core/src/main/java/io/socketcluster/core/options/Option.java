// SPDX-License-Identifier: MIT
package io.socketcluster.core.options;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The declaration of one option: its name, its default, what is allowed, and its form as data.
 * Immutable.
 *
 * @param <T> the type of its values
 */
public final class Option<T> {
  private static final int UNDECLARED = -1;
  private static final int LONGEST = 200;
  private static final Pattern ONE_LINE = Pattern.compile("\\P{Cntrl}*");

  private final String name;
  private final @Nullable T initial;
  private final OptionFormat<T> format;
  private final List<Rule<T>> rules;
  private final boolean secret;
  private final int index;

  /**
   * A bound.
   *
   * @param holds whether a value is within the bound
   * @param part the part of the value that is bounded, behind the option's name; or empty
   * @param shown returns what a refusal shows of the value; null: the value, unless it is a secret
   * @param allowed describes the allowed values in a refusal
   */
  private record Rule<T>(
      Predicate<? super T> holds, String part, @Nullable Function<T, ?> shown, String allowed) {}

  private Option(
      String name,
      @Nullable T initial,
      OptionFormat<T> format,
      List<Rule<T>> rules,
      boolean secret,
      int index) {
    this.name = name;
    this.initial = initial;
    this.format = format;
    this.rules = rules;
    this.secret = secret;
    this.index = index;
  }

  /**
   * Declares an option.
   *
   * @param initial the default, or null when the option is unset by default
   */
  public static <T> Option<T> of(String name, @Nullable T initial, OptionFormat<T> format) {
    return new Option<>(name, initial, format, List.of(), false, UNDECLARED);
  }

  /** Declares an option that only code can set. */
  public static <T> Option<T> object(String name, @Nullable T initial) {
    return of(name, initial, OptionFormat.none());
  }

  /** Declares a switch. */
  public static Option<Boolean> bool(String name, boolean initial) {
    return of(name, initial, StandardFormats.BOOLEAN);
  }

  /** Declares a whole number. */
  public static Option<Integer> integer(String name, int initial) {
    return of(name, initial, StandardFormats.INTEGER);
  }

  /** Declares a whole number without a default. */
  public static Option<Integer> integer(String name) {
    return of(name, null, StandardFormats.INTEGER);
  }

  /** Declares a whole number of 64 bits. */
  public static Option<Long> longInteger(String name, long initial) {
    return of(name, initial, StandardFormats.LONG);
  }

  /** Declares a time; as data a number counts milliseconds. */
  public static Option<Duration> duration(String name, Duration initial) {
    return of(name, initial, StandardFormats.MILLISECONDS);
  }

  /** Declares one of the constants of an enum. */
  public static <E extends Enum<E>> Option<E> constant(String name, E initial) {
    Class<E> type = initial.getDeclaringClass();
    String all = Arrays.toString(type.getEnumConstants());
    return of(name, initial, StandardFormats.constant(type)).allowing(value -> true, all);
  }

  /** Declares a text without a default. */
  public static Option<String> text(String name) {
    return of(name, null, StandardFormats.TEXT);
  }

  /** Declares a text. */
  public static Option<String> text(String name, String initial) {
    return of(name, initial, StandardFormats.TEXT);
  }

  /** Declares a list of texts without a default. */
  public static Option<List<String>> texts(String name) {
    return Option.<List<String>>of(name, null, StandardFormats.TEXTS).ofTexts();
  }

  /** Declares a list of texts. */
  public static Option<List<String>> texts(String name, List<String> initial) {
    return of(name, initial, StandardFormats.TEXTS).ofTexts();
  }

  private Option<T> ofTexts() {
    return allowing(
        value -> !(value instanceof List<?> list) || list.stream().noneMatch(Objects::isNull),
        "texts, none of them null");
  }

  /**
   * Returns this option with another bound.
   *
   * @param allowed describes the allowed values in a refusal
   */
  public Option<T> allowing(Predicate<? super T> holds, String allowed) {
    return with(new Rule<>(holds, "", null, allowed));
  }

  /**
   * Returns this option with a bound of a part of its values.
   *
   * @param name the name of the part
   * @param part returns the part of a value
   * @param allowed describes the allowed parts in a refusal
   */
  public <P> Option<T> allowing(
      String name, Function<T, P> part, Predicate<? super P> holds, String allowed) {
    return with(new Rule<>(value -> holds.test(part.apply(value)), "." + name, part, allowed));
  }

  /**
   * Returns this option with another bound.
   *
   * @param shown returns what a refusal shows of a value
   * @param allowed describes the allowed values in a refusal
   */
  public Option<T> allowing(Predicate<? super T> holds, Function<T, Object> shown, String allowed) {
    return with(new Rule<>(holds, "", shown, allowed));
  }

  private Option<T> with(Rule<T> rule) {
    List<Rule<T>> more = new ArrayList<>(rules);
    more.add(rule);
    return new Option<>(name, initial, format, List.copyOf(more), secret, index);
  }

  /** Returns this option with another form as data. */
  public Option<T> as(OptionFormat<T> other) {
    return new Option<>(name, initial, other, rules, secret, index);
  }

  /** Returns this option with values that no message shows. */
  public Option<T> secret() {
    return new Option<>(name, initial, format, rules, true, index);
  }

  Option<T> at(int place) {
    return new Option<>(name, initial, format, rules, secret, place);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  @Nullable T initial() {
    return initial;
  }

  OptionFormat<T> format() {
    return format;
  }

  int index() {
    return index;
  }

  /** Returns how a message shows a value. */
  String shown(@Nullable Object value) {
    return secret && value != null ? "set, to a secret" : line(value);
  }

  private String shown(Rule<T> rule, T value) {
    return rule.shown == null ? shown(value) : line(rule.shown.apply(value));
  }

  /** A refusal is one line, not a long one, and shows an empty text and blanks. */
  static String line(@Nullable Object value) {
    String whole =
        String.valueOf(value instanceof Optional<?> optional ? optional.orElse(null) : value);
    String text = whole.length() > LONGEST ? whole.substring(0, LONGEST) + "..." : whole;
    return text.equals(text.strip()) && !text.isEmpty() && ONE_LINE.matcher(text).matches()
        ? text
        : JsonNodeFactory.instance.stringNode(text).toString();
  }

  /** Returns the refusal of a value, or null when the value is allowed. */
  @Nullable String refusal(T value) {
    for (Rule<T> rule : rules) {
      if (!rule.holds.test(value)) {
        return refusal(rule.part, shown(rule, value), rule.allowed);
      }
    }
    return null;
  }

  /** Returns the refusal of what is shown in the place of a part, or of all with an empty part. */
  String refusal(String part, String shown, String allowed) {
    return name + part + " is " + shown + "; allowed: " + allowed;
  }

  /** Returns what is allowed in the place of null. */
  String allowed() {
    return rules.isEmpty() ? "a value that is not null" : rules.getFirst().allowed;
  }

  @Override
  public String toString() {
    return name;
  }
}
