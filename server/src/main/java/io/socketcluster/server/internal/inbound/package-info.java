// SPDX-License-Identifier: MIT
/** The order in which the messages of a client are read, decided about, and dispatched. */
package io.socketcluster.server.internal.inbound;
