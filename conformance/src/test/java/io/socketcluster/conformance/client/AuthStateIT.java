// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** What a client makes of the authentication state, with the reference's server. */
class AuthStateIT extends AuthStateCases {
  AuthStateIT() {
    super(ReferenceServer::start);
  }
}
