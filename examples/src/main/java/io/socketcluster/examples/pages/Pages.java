// SPDX-License-Identifier: MIT
package io.socketcluster.examples.pages;

import io.socketcluster.server.AGServerOptions;
import io.socketcluster.server.HttpHandler;

/** The pages of the examples, and the browser client that they load. */
public final class Pages {
  private Pages() {}

  /** Returns the options of a server that serves them. */
  public static AGServerOptions.Builder options() {
    return AGServerOptions.builder().httpHandler(HttpHandler.files(Pages.class, "/pages"));
  }
}
