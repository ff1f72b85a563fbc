// SPDX-License-Identifier: MIT
package io.socketcluster.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Handles each socket that completes its handshake. The method of a bean may declare {@code
 * AGServerSocket}, {@code AGServer}, {@code Principal} and {@link Claims}. The procedures and
 * receivers of the application are registered before. Each call runs on a virtual thread of its
 * own. An exception that the method throws becomes a {@code warning} of the server.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerHints.class)
public @interface OnConnection {}
