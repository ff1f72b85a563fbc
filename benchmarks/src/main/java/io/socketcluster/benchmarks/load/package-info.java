// SPDX-License-Identifier: MIT
/** What loads of Java have in common: clients, a publisher, and what a server has used. */
@NullMarked
package io.socketcluster.benchmarks.load;

import org.jspecify.annotations.NullMarked;
