// SPDX-License-Identifier: MIT
/** Tables, plots and files. */
@NullMarked
package io.socketcluster.benchmarks.compare.report;

import org.jspecify.annotations.NullMarked;
