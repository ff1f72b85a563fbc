// SPDX-License-Identifier: MIT
/** The sections of a comparison: experiments, their servers, and the targets of their figures. */
@NullMarked
package io.socketcluster.benchmarks.compare.plan;

import org.jspecify.annotations.NullMarked;
