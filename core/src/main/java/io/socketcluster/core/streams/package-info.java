// SPDX-License-Identifier: MIT
/**
 * The streams of a socket, for both ends: events, messages and calls as they arrive, before a
 * consumer binds them to a type. For the modules of SocketCluster only.
 */
package io.socketcluster.core.streams;
