// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** A server that is not heard any more, with the reference's server. */
class PingIT extends PingCases {
  PingIT() {
    super(ReferenceServer::start);
  }
}
