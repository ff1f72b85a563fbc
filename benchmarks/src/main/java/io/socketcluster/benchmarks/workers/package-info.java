// SPDX-License-Identifier: MIT
/** Measures supervised workers: a delivery, memory, and the replacement of a worker. */
@NullMarked
package io.socketcluster.benchmarks.workers;

import org.jspecify.annotations.NullMarked;
