// SPDX-License-Identifier: MIT
/** The servers of a cluster among themselves: orders that all of them follow, and their answers. */
package io.socketcluster.server.internal.cluster;
