// SPDX-License-Identifier: MIT
/** Figures, their readings, and the medians and ratios of readings. */
@NullMarked
package io.socketcluster.benchmarks.compare.figures;

import org.jspecify.annotations.NullMarked;
