// SPDX-License-Identifier: MIT
/**
 * Benchmarks of parts, run by JMH: each name is a claim, and the ones beside it are what it is
 * compared with.
 */
@NullMarked
package io.socketcluster.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
