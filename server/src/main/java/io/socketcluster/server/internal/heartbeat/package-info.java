// SPDX-License-Identifier: MIT
/**
 * Which version of the protocol a client speaks, found out by the pings that it answers. Nothing
 * here knows a socket, a wire or a clock.
 */
@NullMarked
package io.socketcluster.server.internal.heartbeat;

import org.jspecify.annotations.NullMarked;
