// SPDX-License-Identifier: MIT
/** Measures what a delivery costs servers that are joined by a broker, and what channels cost. */
@NullMarked
package io.socketcluster.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
