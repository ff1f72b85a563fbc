// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.client;

/** What becomes of a subscription, with the reference's server. */
class SubscriptionIT extends SubscriptionCases {
  SubscriptionIT() {
    super(ReferenceServer::start);
  }
}
