// SPDX-License-Identifier: MIT
/** The door of SocketCluster 1: requests, packets of Engine.IO, and the packets of version 0. */
package io.socketcluster.engineio.internal;
