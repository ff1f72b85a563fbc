// SPDX-License-Identifier: MIT
package io.socketcluster.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Handles the messages of a channel, whoever publishes them. The server subscribes to the channel
 * once, when the application starts. The method of a bean may declare a parameter for the data and
 * {@code AGServer}.
 *
 * <p>The method runs on a virtual thread and may block. Messages are handled one at a time, in
 * order.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerHints.class)
public @interface OnChannel {
  /** Returns the name of the channel. */
  String value();
}
