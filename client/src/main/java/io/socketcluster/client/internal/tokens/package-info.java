// SPDX-License-Identifier: MIT
/** The token of a socket: where it is kept, who gives it, who takes it away. */
package io.socketcluster.client.internal.tokens;
