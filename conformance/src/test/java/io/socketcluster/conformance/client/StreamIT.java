// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** A client's streams, with the reference's server. */
class StreamIT extends StreamCases {
  StreamIT() {
    super(ReferenceServer::start);
  }
}
