// SPDX-License-Identifier: MIT
package io.socketcluster.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the methods of a test class what they ask for by their parameters: see {@link
 * SocketClusterExtension}. For a server with options of its own, or the server of an application,
 * register the extension in a field instead.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SocketClusterExtension.class)
public @interface SocketClusterTest {}
