// SPDX-License-Identifier: MIT
/**
 * The real JavaScript clients and a browser against this server: each test runs a scenario of
 * {@code src/test/js} in a Node process. The servers run in this JVM, so that leaks are seen.
 */
@NullMarked
package io.socketcluster.conformance;

import org.jspecify.annotations.NullMarked;
