// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport.serving;

import io.netty.channel.ChannelHandler;

/** A handler that has nothing to do once a channel has been upgraded. */
public interface HttpStage extends ChannelHandler {}
