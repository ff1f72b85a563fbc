// SPDX-License-Identifier: MIT
package io.socketcluster.spring.handlers;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import java.lang.reflect.Method;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.Validator;

/** Checks the data of peers with the validator of the application. Thread-safe. */
final class DataValidation {
  private final @Nullable Validator validator;

  /**
   * @param validator null if the application has none
   */
  DataValidation(@Nullable Validator validator) {
    this.validator = validator;
  }

  /** Refuses a method that asks for a validation that nobody can make. */
  void requireValidator(Method method) {
    if (validator == null) {
      throw new IllegalStateException(
          method + " wants its data validated; add spring-boot-starter-validation");
    }
  }

  /**
   * Checks a value.
   *
   * @throws InvalidArgumentsError if the validator refuses it; the message names the fields, and is
   *     fit to be sent to whoever sent the value
   */
  void check(@Nullable Object value) {
    Validator with = validator;
    if (value == null) {
      throw new InvalidArgumentsError("The data must not be null");
    }
    if (with == null) {
      return;
    }
    BeanPropertyBindingResult found = new BeanPropertyBindingResult(value, "data");
    with.validate(value, found);
    if (found.hasErrors()) {
      throw new InvalidArgumentsError(
          found.getAllErrors().stream()
              .map(
                  error ->
                      (error instanceof FieldError field ? field.getField() : "The data")
                          + " "
                          + error.getDefaultMessage())
              .sorted()
              .collect(Collectors.joining("; ")));
    }
  }
}
