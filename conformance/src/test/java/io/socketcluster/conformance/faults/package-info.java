// SPDX-License-Identifier: MIT
/** What is lost, doubled or out of order when a part of a cluster fails: nothing unannounced. */
@NullMarked
package io.socketcluster.conformance.faults;

import org.jspecify.annotations.NullMarked;
