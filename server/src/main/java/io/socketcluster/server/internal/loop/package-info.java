// SPDX-License-Identifier: MIT
/**
 * An event loop as its sockets use it: tasks, one sweep for all their clocks, and threads for their
 * handlers.
 */
package io.socketcluster.server.internal.loop;
