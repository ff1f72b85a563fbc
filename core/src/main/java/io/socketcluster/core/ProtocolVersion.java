// SPDX-License-Identifier: MIT
package io.socketcluster.core;

/** A version of the SocketCluster protocol. */
public enum ProtocolVersion {
  /**
   * Version 0: the clients of SocketCluster 1, and clients 2.2.3 to 2.2.24. They have no handshake,
   * and their transport pings. The module {@code engineio} serves them; an endpoint and a client
   * cannot have this version.
   */
  V0,

  /**
   * Version 1: clients 2.2.25 to 14, servers before 15, and newer clients that are configured for
   * it.
   */
  V1,

  /** Version 2: clients 15 and later. The default with a codec other than JSON. */
  V2,

  /**
   * Either version, detected by the server for each client. The server's default with the JSON
   * codec, which it requires.
   *
   * <p>After the handshake the server sends an empty message, the ping of version 2. A client that
   * does not answer within 2.5 s is sent {@code #1}, and another 2.5 s later {@code 1}, the pings
   * of version 1. A {@code pingTimeout} below 10 s shortens each wait to a quarter of it. A packet
   * that only version 1 has also identifies the version. A call that no procedure consumes waits
   * for the detection, at most 1 s per ping.
   */
  DETECT
}
