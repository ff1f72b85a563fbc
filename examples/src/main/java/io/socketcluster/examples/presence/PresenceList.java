// SPDX-License-Identifier: MIT
package io.socketcluster.examples.presence;

import io.socketcluster.core.AGRequest;
import io.socketcluster.examples.pages.Pages;
import io.socketcluster.protocol.errors.AGException;
import io.socketcluster.server.AGServer;
import io.socketcluster.server.AGServerSocket;
import io.socketcluster.server.SocketCluster;
import io.socketcluster.server.channels.ChannelPolicy;
import java.util.Map;

/**
 * A list of the people in a room, always true: a client subscribes to {@code room/NAME}, and to
 * {@code #presence/room/NAME} for who else is there.
 */
public final class PresenceList {
  private static final int LONGEST_NAME = 32;

  private PresenceList() {}

  record Login(String username) {}

  /** Makes the server, which does not listen yet. */
  public static AGServer create() {
    AGServer server = SocketCluster.create(Pages.options().build());
    server.channels().policy("room/*", ChannelPolicy.builder().presenceClaim("username").build());
    server.onConnection(
        socket ->
            socket.procedure("login", Login.class).consume(request -> logIn(socket, request)));
    return server;
  }

  private static void logIn(AGServerSocket socket, AGRequest<Login> request) {
    String name = request.data().username().strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      request.error(
          new AGException("LoginError", "A name has 1 to " + LONGEST_NAME + " characters"));
      return;
    }
    socket.setAuthToken(Map.of("username", name));
    request.end();
  }
}
