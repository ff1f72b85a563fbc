// SPDX-License-Identifier: MIT
package io.socketcluster.benchmarks.compare.lab;

/**
 * How long is measured.
 *
 * @param rounds how often every contender has its turn in every experiment
 * @param seconds for how long each time
 * @param warmUpSeconds for how long it is put under the same load before that
 */
public record Effort(int rounds, int seconds, int warmUpSeconds) {}
