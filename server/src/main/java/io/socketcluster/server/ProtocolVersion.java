// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/** Which version of the SocketCluster protocol the sockets of an {@link AGEndpoint} speak. */
public enum ProtocolVersion {
  /** The version of clients 2.2.25 to 14; newer clients speak it when told to. */
  V1,

  /** The version of clients 15 and later, and the default. */
  V2,

  /**
   * Found out for each client: by its pong, since it is pinged in every way until one is answered,
   * or by a packet that only one version has. The first ping follows the handshake at once; packets
   * that mean different things in the two versions wait for its answer. Needs the JSON codec. What
   * the pings of the other version cost a client is one {@code raw} event.
   */
  DETECT
}
