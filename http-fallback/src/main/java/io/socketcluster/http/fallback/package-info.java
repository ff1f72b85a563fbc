// SPDX-License-Identifier: MIT
/**
 * Serves SocketCluster clients in browsers over server-sent events and POST where a proxy breaks
 * WebSockets. {@link io.socketcluster.http.fallback.HttpFallback#mount} adds the paths to a server;
 * a script that the server offers stands in for the browser's WebSocket.
 */
package io.socketcluster.http.fallback;
