// SPDX-License-Identifier: MIT
/** Hands requests and upgrades to the transports of other modules. */
package io.socketcluster.server.internal.transport.mount;
