// SPDX-License-Identifier: MIT
/**
 * Serves the clients of SocketCluster 1 (Engine.IO revision 3: polling, WebSocket, and the upgrade
 * between them), and clients 2.2.3 to 2.2.24, beside all others. {@link
 * io.socketcluster.engineio.EngineIO#mount} adds them to a server.
 */
package io.socketcluster.engineio;
