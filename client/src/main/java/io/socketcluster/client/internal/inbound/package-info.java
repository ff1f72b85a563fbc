// SPDX-License-Identifier: MIT
/** Everything that the server sends: answers, events, calls. */
package io.socketcluster.client.internal.inbound;
