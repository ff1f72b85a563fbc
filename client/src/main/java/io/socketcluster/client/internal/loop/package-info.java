// SPDX-License-Identifier: MIT
/** The event loop that owns a socket, and the way from it to the application's threads. */
package io.socketcluster.client.internal.loop;
