// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.netty.channel.ChannelHandler;

/** A handler that has nothing to do once a channel has been upgraded. */
interface HttpStage extends ChannelHandler {}
