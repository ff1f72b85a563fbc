// SPDX-License-Identifier: MIT
/** From the request of an upgrade to the messages of a WebSocket connection. */
package io.socketcluster.server.internal.transport.upgrade;
