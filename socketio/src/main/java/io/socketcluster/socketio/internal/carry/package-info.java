// SPDX-License-Identifier: MIT
/** Carries the packets of a session to its client: answers to polls, streams and WebSockets. */
package io.socketcluster.socketio.internal.carry;
