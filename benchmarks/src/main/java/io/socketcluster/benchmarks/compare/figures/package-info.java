// SPDX-License-Identifier: MIT
/** What is measured, and what the readings come to. */
@NullMarked
package io.socketcluster.benchmarks.compare.figures;

import org.jspecify.annotations.NullMarked;
