// SPDX-License-Identifier: MIT
/** What the sockets of an event loop may do in one of its turns. */
package io.socketcluster.server.internal.turn;
