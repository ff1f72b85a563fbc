// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** How a client logs in, with the reference's server. */
class AuthenticationIT extends AuthenticationCases {
  AuthenticationIT() {
    super(ReferenceServer::start);
  }
}
