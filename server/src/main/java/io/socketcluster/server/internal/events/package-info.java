// SPDX-License-Identifier: MIT
/**
 * What the application hears of a socket: its events, the streams that keep them, and the lines of
 * its middleware.
 */
package io.socketcluster.server.internal.events;
