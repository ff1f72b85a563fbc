// SPDX-License-Identifier: MIT
/** What the history of a channel costs: its fan-out, a recovery of many clients, its memory. */
@NullMarked
package io.socketcluster.benchmarks.history;

import org.jspecify.annotations.NullMarked;
