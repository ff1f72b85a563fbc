// SPDX-License-Identifier: MIT
package io.socketcluster.broker.history;

/**
 * The place of a message in the history that a broker keeps. Immutable.
 *
 * @param epoch names one life of the history: up to 64 letters, digits, {@code -} and {@code _}
 * @param offset grows from message to message within an epoch, and stays below 2<sup>53</sup>
 * @param previous the offset of the message before, or zero if it is the first of its epoch. A
 *     subscriber that has seen this offset or a greater one has missed nothing
 */
public record HistoryPosition(String epoch, long offset, long previous) {}
