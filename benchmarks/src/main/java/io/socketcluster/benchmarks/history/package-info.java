// SPDX-License-Identifier: MIT
/** Measures the history of a channel: its fan-out, a recovery of many clients, its memory. */
@NullMarked
package io.socketcluster.benchmarks.history;

import org.jspecify.annotations.NullMarked;
