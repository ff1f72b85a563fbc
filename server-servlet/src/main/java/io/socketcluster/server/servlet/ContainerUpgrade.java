// SPDX-License-Identifier: MIT
package io.socketcluster.server.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How a container gives a connection away. Thread-safe. */
@FunctionalInterface
interface ContainerUpgrade {
  /**
   * Lets the container send the answer, whose status and headers are set, and give the connection
   * to the channel once it has.
   */
  void upgrade(HttpServletRequest request, HttpServletResponse response, ContainerChannel channel)
      throws IOException, ServletException;
}
