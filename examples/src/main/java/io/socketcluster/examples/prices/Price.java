// SPDX-License-Identifier: MIT
package io.socketcluster.examples.prices;

/**
 * A price of one moment.
 *
 * @param cents the price
 * @param tick counts the prices of its symbol, so that a reader sees how many it has skipped
 */
record Price(long cents, long tick) {}
