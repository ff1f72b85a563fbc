// SPDX-License-Identifier: MIT
package io.socketcluster.core.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The part of a builder of options that does not depend on the options.
 *
 * @param <B> the builder, which every setter returns
 */
public abstract class OptionSetters<B> {
  /** The values so far. */
  protected final OptionValues values;

  private final OptionSet all;

  /**
   * Begins with some values.
   *
   * @param all the options that data may set
   */
  protected OptionSetters(OptionSet all, OptionValues values) {
    this.all = all;
    this.values = values;
  }

  /** Returns the builder. */
  protected abstract B self();

  /** Sets an option; null is refused when the options are built. */
  protected final <T> B set(Option<T> option, @Nullable T value) {
    values.set(option, value);
    return self();
  }

  /** Sets an option, or resets it with null. */
  protected final <T> B setOrReset(Option<T> option, @Nullable T value) {
    values.setOrReset(option, value);
    return self();
  }

  /** Changes the value of an option. */
  protected final <T> B change(Option<T> option, Function<T, @Nullable T> change) {
    values.change(option, change);
    return self();
  }

  /** Sets options from data. */
  protected final B read(Consumer<OptionData> source) {
    source.accept(new OptionData(all, values));
    return self();
  }

  /** Returns texts as a list; a null among them is refused when the options are built. */
  protected static @Nullable List<String> listOf(@Nullable String @Nullable [] texts) {
    return texts == null
        ? null
        : Collections.unmodifiableList(new ArrayList<>(Arrays.asList(texts)));
  }
}
