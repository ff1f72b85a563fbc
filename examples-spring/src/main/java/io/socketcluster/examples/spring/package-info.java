// SPDX-License-Identifier: MIT
/** A chat in Spring Boot. */
@NullMarked
package io.socketcluster.examples.spring;

import org.jspecify.annotations.NullMarked;
