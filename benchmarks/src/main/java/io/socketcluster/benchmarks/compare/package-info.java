// SPDX-License-Identifier: MIT
/** The comparison that {@code bin/bench} runs: this server, its peers and the floor, in one run. */
@NullMarked
package io.socketcluster.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
