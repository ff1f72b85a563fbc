// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** When a client comes back, with our server. */
class ReconnectionTest extends ReconnectionCases {
  ReconnectionTest() {
    super(OurServer::start);
  }
}
