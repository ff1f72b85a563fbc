// SPDX-License-Identifier: MIT
package io.socketcluster.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Handles the messages that sockets transmit under a name. The method of a bean may declare the
 * parameters of a {@link Procedure}; its return value is ignored. Data of another shape, and data
 * that Bean Validation refuses, are skipped with an {@code error} event of the socket.
 *
 * <p>The method runs on a virtual thread and may block. Messages of one socket and name are handled
 * one at a time, in order.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerHints.class)
public @interface Receiver {
  /** Returns the name of the receiver. */
  String value();
}
