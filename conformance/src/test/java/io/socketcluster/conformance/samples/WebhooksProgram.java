// SPDX-License-Identifier: MIT
package io.socketcluster.conformance.samples;

import io.socketcluster.server.AGServer;
import io.socketcluster.webhooks.WebhookEvent;
import io.socketcluster.webhooks.WebhookOptions;
import io.socketcluster.webhooks.Webhooks;

final class WebhooksProgram {
  private WebhooksProgram() {}

  static Webhooks follow(AGServer server, String url, String secret) {
    WebhookOptions options =
        WebhookOptions.builder(url, secret)
            .events(WebhookEvent.CONNECTION, WebhookEvent.DISCONNECTION, WebhookEvent.SUBSCRIPTION)
            .channels("orders")
            .build();
    return Webhooks.follow(server, options);
  }
}
