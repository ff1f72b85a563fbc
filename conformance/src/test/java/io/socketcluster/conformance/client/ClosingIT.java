// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** What a connection leaves behind, with the reference's server. */
class ClosingIT extends ClosingCases {
  ClosingIT() {
    super(ReferenceServer::start);
  }
}
