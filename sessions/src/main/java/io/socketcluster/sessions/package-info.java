// SPDX-License-Identifier: MIT
/**
 * Sessions as SocketCluster 1 had them: {@link io.socketcluster.sessions.AGSessions} attaches them
 * to a server.
 */
@NullMarked
package io.socketcluster.sessions;

import org.jspecify.annotations.NullMarked;
