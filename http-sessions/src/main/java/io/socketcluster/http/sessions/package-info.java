// SPDX-License-Identifier: MIT
/**
 * Sessions that outlive their HTTP requests. An {@link io.socketcluster.http.sessions.HttpSession}
 * is the connection of one socket of the server. What the socket sends waits, within the limits and
 * policies of every socket, until a {@link io.socketcluster.http.sessions.Carrier} takes it: the
 * answer to a long poll, a stream, or a WebSocket. No thread waits.
 */
package io.socketcluster.http.sessions;
