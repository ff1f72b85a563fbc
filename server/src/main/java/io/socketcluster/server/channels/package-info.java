// SPDX-License-Identifier: MIT
/**
 * What a server promises for channels, chosen by their names: {@link
 * io.socketcluster.server.channels.AGChannels} takes a {@link
 * io.socketcluster.server.channels.ChannelPolicy} for a pattern of names.
 */
@NullMarked
package io.socketcluster.server.channels;

import org.jspecify.annotations.NullMarked;
