// SPDX-License-Identifier: MIT
/** The SocketCluster protocol: what is on the wire, and how it becomes packets and back. */
package io.socketcluster.protocol;
