// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** A client's streams, with our server. */
class StreamTest extends StreamCases {
  StreamTest() {
    super(OurServer::start);
  }
}
