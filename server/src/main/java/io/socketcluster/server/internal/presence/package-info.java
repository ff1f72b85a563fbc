// SPDX-License-Identifier: MIT
/** Who is subscribed to the channels whose policy asks for that, on all servers. */
package io.socketcluster.server.internal.presence;
