// SPDX-License-Identifier: MIT
/** Measures what a delivery and a session cost at the doors of old clients. */
@NullMarked
package io.socketcluster.benchmarks.doors;

import org.jspecify.annotations.NullMarked;
