// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** How a client connects, with our server. */
class ConnectingTest extends ConnectingCases {
  ConnectingTest() {
    super(OurServer::start);
  }
}
