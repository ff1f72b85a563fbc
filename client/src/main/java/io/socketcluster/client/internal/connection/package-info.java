// SPDX-License-Identifier: MIT
/** The connections of a socket, one at a time: messages, clocks, end, and the next attempt. */
package io.socketcluster.client.internal.connection;
