// SPDX-License-Identifier: MIT
package io.socketcluster.broker.scc.state;

import io.socketcluster.broker.scc.internal.InstanceUri;
import io.socketcluster.protocol.errors.InvalidArgumentsError;
import io.socketcluster.server.AGServerSocket;
import java.net.InetAddress;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A broker or a worker that has joined.
 *
 * @param uri where the others reach it
 */
record Instance(AGServerSocket socket, String uri) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

  /**
   * Reads what an instance says about itself. Without an {@code instanceIp} its address is the one
   * from which it has connected; only an IPv6 address has brackets, whatever family is named.
   *
   * @throws InvalidArgumentsError if that makes no address
   */
  static Instance of(AGServerSocket socket, JsonNode data) {
    boolean secure = data.path("instanceSecure").booleanValue(false);
    InstanceUri uri = new InstanceUri(secure, host(socket, data.path("instanceIp")), port(socket));
    return new Instance(socket, uri.toString());
  }

  private static String host(AGServerSocket socket, JsonNode instanceIp) {
    String named = instanceIp.stringValue("");
    if (named.isEmpty()) {
      InetAddress seen = socket.request().clientAddress();
      named = seen == null ? "" : withoutZone(seen.getHostAddress());
    } else if (named.startsWith("[") && named.endsWith("]")) {
      named = named.substring(1, named.length() - 1);
    }
    if (!InstanceUri.isHost(named)) {
      throw new InvalidArgumentsError("The instanceIp is neither an IP address nor a host name");
    }
    return named;
  }

  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }

  private static int port(AGServerSocket socket) {
    String text = socket.request().query("instancePort");
    boolean isNumber = text != null && NUMBER.matcher(text).matches();
    int port = isNumber ? Integer.parseInt(text) : 0;
    if (!InstanceUri.isPort(port)) {
      throw new InvalidArgumentsError("The instancePort is not from 1 to 65535");
    }
    return port;
  }
}
