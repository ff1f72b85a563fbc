// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** A server that is not heard any more, with our server. */
class PingTest extends PingCases {
  PingTest() {
    super(OurServer::start);
  }
}
