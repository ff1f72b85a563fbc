// SPDX-License-Identifier: MIT
/**
 * Histories of channels that a broker keeps for all servers: {@link
 * io.socketcluster.broker.history.ChannelHistories} is the port that an engine implements.
 */
@NullMarked
package io.socketcluster.broker.history;

import org.jspecify.annotations.NullMarked;
