// SPDX-License-Identifier: MIT
/** The token of a socket: its check, its delivery, its end, and what was subscribed with it. */
package io.socketcluster.server.internal.tokens;
