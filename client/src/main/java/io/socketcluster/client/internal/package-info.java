// SPDX-License-Identifier: MIT
/**
 * A client's socket: a thin composition of parts that each own their state and belong to the
 * socket's event loop.
 */
package io.socketcluster.client.internal;
