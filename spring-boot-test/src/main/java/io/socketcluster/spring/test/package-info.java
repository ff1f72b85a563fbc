// SPDX-License-Identifier: MIT
/** Tests of the handlers of a Spring Boot application, without the rest of it. */
@NullMarked
package io.socketcluster.spring.test;

import org.jspecify.annotations.NullMarked;
