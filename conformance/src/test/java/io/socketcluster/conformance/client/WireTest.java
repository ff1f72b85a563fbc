// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** What both ends say to each other, with our server. */
class WireTest extends WireCases {
  WireTest() {
    super(OurServer::start);
  }
}
