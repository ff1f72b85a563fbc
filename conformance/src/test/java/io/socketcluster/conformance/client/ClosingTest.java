// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** What a connection leaves behind, with our server. */
class ClosingTest extends ClosingCases {
  ClosingTest() {
    super(OurServer::start);
  }
}
