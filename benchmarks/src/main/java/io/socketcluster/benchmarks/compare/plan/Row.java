// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.plan;

import io.socketcluster.benchmarks.compare.figures.Figure;

/** A row of the table of peers: a figure of an experiment, and what it should be. */
public record Row(String label, Figure figure, Target target) {}
