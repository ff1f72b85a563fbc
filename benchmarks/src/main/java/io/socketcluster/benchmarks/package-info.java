// SPDX-License-Identifier: MIT
/** The server that the load generator measures. */
@NullMarked
package io.socketcluster.benchmarks;

import org.jspecify.annotations.NullMarked;
