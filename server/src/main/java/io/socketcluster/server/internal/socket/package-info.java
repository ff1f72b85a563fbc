// SPDX-License-Identifier: MIT
/**
 * A server socket: a thin composition of parts that each own their state. All of it is confined to
 * the socket's event loop but where a class says otherwise.
 */
package io.socketcluster.server.internal.socket;
