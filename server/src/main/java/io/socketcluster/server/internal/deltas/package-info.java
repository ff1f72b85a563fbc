// SPDX-License-Identifier: MIT
/** The differences between the values of a channel, found once for all subscribers. */
package io.socketcluster.server.internal.deltas;
