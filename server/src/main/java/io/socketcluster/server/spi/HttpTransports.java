// SPDX-License-Identifier: MIT
package io.socketcluster.server.spi;

import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.internal.transport.AcceptingServer;

/** Adds transports, and answers to what is no HTTP, to the HTTP port of a server. */
public final class HttpTransports {
  private HttpTransports() {}

  /**
   * Adds a transport. It serves connections that come afterwards, on the port of {@code listen} and
   * in pipelines that the server is attached to. Of several transports that claim a path, the first
   * one serves it. Any thread.
   *
   * @throws InvalidArgumentsError when the server was not made by this library
   */
  public static void mount(AGServer server, HttpTransport transport) {
    AcceptingServer.acceptorOf(server).routes().mounts().add(transport);
  }

  /**
   * Answers connections that send exactly these bytes, which are no HTTP, and closes them. It
   * serves connections to the port of {@code listen} that come afterwards. Any thread.
   *
   * @param request the bytes; they are not copied
   * @param answer likewise
   * @throws InvalidArgumentsError when the server was not made by this library
   */
  public static void answerFirstWord(AGServer server, byte[] request, byte[] answer) {
    AcceptingServer.acceptorOf(server).routes().mounts().firstWords().add(request, answer);
  }
}
