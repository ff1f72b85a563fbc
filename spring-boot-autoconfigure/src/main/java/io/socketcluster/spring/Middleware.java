// SPDX-License-Identifier: MIT
package io.socketcluster.spring;

import io.socketcluster.server.MiddlewareLine;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets a bean of type {@code AGMiddleware} as the middleware of a line, before the server accepts
 * the first connection. The annotation is on the class of the bean or on its {@code @Bean} method.
 * Two beans for one line stop the start.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Middleware {
  /** Returns the line. */
  MiddlewareLine value();
}
