// SPDX-License-Identifier: MIT
/** The load on Spring Boot applications: publishes to many clients, and calls of some of them. */
@NullMarked
package io.socketcluster.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
