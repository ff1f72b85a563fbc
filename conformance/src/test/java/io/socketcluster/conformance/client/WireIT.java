// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** What both ends say to each other, with the reference's server. */
class WireIT extends WireCases {
  WireIT() {
    super(ReferenceServer::start);
  }
}
