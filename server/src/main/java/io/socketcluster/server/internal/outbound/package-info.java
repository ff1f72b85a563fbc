// SPDX-License-Identifier: MIT
/** What a socket sends: packets, publishes that wait for a middleware, calls, and answers. */
package io.socketcluster.server.internal.outbound;
