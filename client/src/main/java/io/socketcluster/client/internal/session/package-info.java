// SPDX-License-Identifier: MIT
/** A client's socket: the only package that knows all parts of a socket, and wires them. */
package io.socketcluster.client.internal.session;
