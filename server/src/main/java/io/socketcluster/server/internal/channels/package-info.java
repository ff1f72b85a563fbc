// SPDX-License-Identifier: MIT
/** The channels of an event loop and of a socket, and the way of a publish to its subscribers. */
package io.socketcluster.server.internal.channels;
