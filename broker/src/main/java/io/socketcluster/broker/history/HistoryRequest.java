// SPDX-License-Identifier: MIT
package io.socketcluster.broker.history;

/**
 * Asks for a part of the history of a channel. Immutable.
 *
 * @param bounds of the channel: messages beyond them are not read
 * @param byteLimit about how many bytes to read at most; at least one message is read if there is
 *     any
 */
public record HistoryRequest(
    String channel, HistoryStart start, HistoryBounds bounds, int byteLimit) {}
