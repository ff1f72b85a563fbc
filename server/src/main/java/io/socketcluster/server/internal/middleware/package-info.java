// SPDX-License-Identifier: MIT
/** How a middleware is asked about an action, and how its decision comes back. */
package io.socketcluster.server.internal.middleware;
