// SPDX-License-Identifier: MIT
/**
 * Serves the clients of Socket.IO 0.5 and 0.6 (2010 and 2011) beside all others. {@link
 * io.socketcluster.socketio.SocketIO#listen} adds them to a server and returns the {@link
 * io.socketcluster.socketio.SocketIOListener}, which has the API of the old server.
 */
package io.socketcluster.socketio;
