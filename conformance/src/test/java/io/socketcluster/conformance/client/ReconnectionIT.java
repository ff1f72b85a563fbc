// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** When a client comes back, with the reference's server. */
class ReconnectionIT extends ReconnectionCases {
  ReconnectionIT() {
    super(ReferenceServer::start);
  }
}
