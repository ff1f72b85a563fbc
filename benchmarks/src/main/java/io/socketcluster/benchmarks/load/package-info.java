// SPDX-License-Identifier: MIT
/** The common parts of loads in Java: clients, a publisher, and the use of a server. */
@NullMarked
package io.socketcluster.benchmarks.load;

import org.jspecify.annotations.NullMarked;
