// SPDX-License-Identifier: MIT
package io.socketcluster.server;

/** Which version of the SocketCluster protocol the sockets of an {@link AGEndpoint} speak. */
public enum ProtocolVersion {
  /** The version of clients 2.2.25 to 14; newer clients speak it when told to. */
  V1,

  /** The version of clients 15 and later, and the default. */
  V2
}
