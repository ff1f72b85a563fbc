// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** How a client connects, with the reference's server. */
class ConnectingIT extends ConnectingCases {
  ConnectingIT() {
    super(ReferenceServer::start);
  }
}
