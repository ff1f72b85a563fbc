// SPDX-License-Identifier: MIT
/** What clients with bad intentions send, as bytes that the load generator plays. */
@NullMarked
package io.socketcluster.benchmarks.attack;

import org.jspecify.annotations.NullMarked;
