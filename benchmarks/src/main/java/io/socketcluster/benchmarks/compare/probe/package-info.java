// SPDX-License-Identifier: MIT
/** The ways to measure a server. */
@NullMarked
package io.socketcluster.benchmarks.compare.probe;

import org.jspecify.annotations.NullMarked;
