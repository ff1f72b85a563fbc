// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** How a client logs in, with our server. */
class AuthenticationTest extends AuthenticationCases {
  AuthenticationTest() {
    super(OurServer::start);
  }
}
