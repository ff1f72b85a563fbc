// SPDX-License-Identifier: MIT
/**
 * Bytes: listening, the HTTP side, the upgrade, WebSocket frames in and out. Knows no SocketCluster
 * packet.
 */
package io.socketcluster.server.internal.transport;
