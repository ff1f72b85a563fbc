// SPDX-License-Identifier: MIT
/**
 * The server: start with {@link io.socketcluster.server.SocketCluster#listen(int)}, then consume
 * {@link io.socketcluster.server.AGServer#CONNECTION}. What implements it is internal.
 */
package io.socketcluster.server;
