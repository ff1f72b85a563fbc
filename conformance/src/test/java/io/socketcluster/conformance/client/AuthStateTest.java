// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** What a client makes of the authentication state, with our server. */
class AuthStateTest extends AuthStateCases {
  AuthStateTest() {
    super(OurServer::start);
  }
}
