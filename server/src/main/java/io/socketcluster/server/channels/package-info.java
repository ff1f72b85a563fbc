// SPDX-License-Identifier: MIT
/**
 * What a server promises for channels, chosen by their names: {@link
 * io.socketcluster.server.channels.AGChannels} takes a {@link
 * io.socketcluster.server.channels.ChannelPolicy} for a pattern of names. Who may use a channel is
 * said by {@link io.socketcluster.server.channels.ChannelRules}.
 */
@NullMarked
package io.socketcluster.server.channels;

import org.jspecify.annotations.NullMarked;
