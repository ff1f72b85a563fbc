// SPDX-License-Identifier: MIT
/** Failures of parts of a cluster: messages lost, doubled or out of order, and announced gaps. */
@NullMarked
package io.socketcluster.conformance.faults;

import org.jspecify.annotations.NullMarked;
