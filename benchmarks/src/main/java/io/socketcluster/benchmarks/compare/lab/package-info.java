// SPDX-License-Identifier: MIT
/** Servers and load generators as processes, and where they come from. */
@NullMarked
package io.socketcluster.benchmarks.compare.lab;

import org.jspecify.annotations.NullMarked;
