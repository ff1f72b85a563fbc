// SPDX-License-Identifier: MIT
/**
 * Between the bytes and the server: what a transport asks of the server ({@link
 * io.socketcluster.server.internal.transport.ConnectionAcceptor}), and the entry of connections
 * that are no WebSocket. The packages below listen, serve HTTP and upgrade to WebSocket. None of
 * them knows a SocketCluster packet.
 */
package io.socketcluster.server.internal.transport;
