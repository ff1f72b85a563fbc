// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare;

/** A row of the table of peers: a figure of an experiment, and what it should be. */
record Row(String label, Figure figure, Target target) {}
