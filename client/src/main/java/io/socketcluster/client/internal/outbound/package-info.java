// SPDX-License-Identifier: MIT
/** Everything that the application sends: at once, in batches, or when the socket is open. */
package io.socketcluster.client.internal.outbound;
