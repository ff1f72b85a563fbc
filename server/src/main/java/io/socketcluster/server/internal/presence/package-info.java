// SPDX-License-Identifier: MIT
/** The rosters of the channels whose policy asks for them, on all servers. */
package io.socketcluster.server.internal.presence;
