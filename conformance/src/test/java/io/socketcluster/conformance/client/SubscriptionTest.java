// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** What becomes of a subscription, with our server. */
class SubscriptionTest extends SubscriptionCases {
  SubscriptionTest() {
    super(OurServer::start);
  }
}
