// SPDX-License-Identifier: MIT
package io.socketcluster.spring.boot;

import io.netty.channel.ChannelHandler;

/** Takes upgrades in the pipelines of Reactor Netty. */
@FunctionalInterface
interface UpgradeHandlers {
  /** Returns a handler for one channel. */
  ChannelHandler newHandler();
}
