// SPDX-License-Identifier: MIT
package io.socketcluster.core;

/** A version of the SocketCluster protocol, as an end of a connection speaks it. */
public enum ProtocolVersion {
  /**
   * The version of clients 2.2.25 to 14 and of servers before 15; newer clients speak it when told
   * to.
   */
  V1,

  /** The version of clients 15 and later, and the default with a codec other than JSON. */
  V2,

  /**
   * Found out by the server for each client, and its default with JSON. After the handshake the
   * client is sent an empty message, the ping of version 2. When it does not answer within 2.5 s it
   * is sent {@code #1}, and after as long {@code 1}, the pings of version 1; a {@code pingTimeout}
   * below 10 s makes that shorter, a quarter of it each. A packet that only version 1 has tells,
   * too. A call that no procedure consumes waits for the answer, 1 s for each ping at most. Needs
   * the JSON codec.
   */
  DETECT
}
