// SPDX-License-Identifier: MIT
/** The server itself: it ties the transport, the sockets, the broker and the tokens together. */
package io.socketcluster.server.internal;
