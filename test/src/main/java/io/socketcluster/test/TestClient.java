// SPDX-License-Identifier: MIT
package io.socketcluster.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says how the client of a parameter begins. */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface TestClient {
  /**
   * The claims of the token that the client logs in with, as JSON: {@code {"username":"alice"}}.
   * The {@code authEngine} of the server signs them. Without claims the client is not logged in.
   */
  String claims() default "";

  /**
   * Whether the client is connected when the test begins. If not, it connects with its first call,
   * message or subscription, or with {@code connect()}.
   */
  boolean connected() default true;
}
