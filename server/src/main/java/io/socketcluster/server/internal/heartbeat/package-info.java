// SPDX-License-Identifier: MIT
/**
 * The heartbeat of a socket, and which version of the protocol its client speaks, found out by the
 * pings that the client answers.
 */
@NullMarked
package io.socketcluster.server.internal.heartbeat;

import org.jspecify.annotations.NullMarked;
