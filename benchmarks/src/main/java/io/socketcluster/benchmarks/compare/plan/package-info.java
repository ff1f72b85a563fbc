// SPDX-License-Identifier: MIT
/** What is measured on which servers, and what it should be. */
@NullMarked
package io.socketcluster.benchmarks.compare.plan;

import org.jspecify.annotations.NullMarked;
