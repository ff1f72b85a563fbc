// SPDX-License-Identifier: MIT
package io.socketcluster.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the parameter for the claims of the socket's token: a {@code JsonNode}, or any type that
 * the claims are bound to. The parameter is {@code null} for a socket without a token; mark it
 * {@code @Nullable}, or declare {@link #required}.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Claims {
  /** Returns whether a socket without a token is refused: a call with an {@code AuthTokenError}. */
  boolean required() default false;
}
