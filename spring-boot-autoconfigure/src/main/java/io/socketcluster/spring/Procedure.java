// SPDX-License-Identifier: MIT
package io.socketcluster.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Answers the calls of a procedure, from every socket. The method of a bean may declare these
 * parameters, in any order: the data of the call, bound to the type of the one parameter that is
 * none of the others; {@code AGServerSocket}; {@code AGServer}; {@code Principal}, the user of the
 * upgrade request; and the claims of the socket's token, marked with {@link Claims}.
 *
 * <p>The return value is the answer, {@code null} for a method without one. A {@code
 * CompletionStage} is the answer once it completes. Data of another shape, and data that Bean
 * Validation refuses on a parameter marked {@code @Valid}, are answered with an {@code
 * InvalidArgumentsError}. An {@code AGException} that the method throws reaches the caller. Any
 * other exception is logged, and the caller learns that the call failed.
 *
 * <p>The method runs on a virtual thread and may block. Calls of one socket to one procedure run
 * one at a time, in order; different sockets run at the same time.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerHints.class)
public @interface Procedure {
  /** Returns the name of the procedure. */
  String value();
}
