// SPDX-License-Identifier: MIT
/** The scenarios of conformance against Spring Boot applications. */
@NullMarked
package io.socketcluster.conformance.spring;

import org.jspecify.annotations.NullMarked;
