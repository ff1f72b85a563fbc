// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** Publishing and subscribing, with our server. */
class ChannelTest extends ChannelCases {
  ChannelTest() {
    super(OurServer::start);
  }
}
