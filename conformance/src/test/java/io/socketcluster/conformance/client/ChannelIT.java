// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** Publishing and subscribing, with the reference's server. */
class ChannelIT extends ChannelCases {
  ChannelIT() {
    super(ReferenceServer::start);
  }
}
