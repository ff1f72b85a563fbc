// SPDX-License-Identifier: MIT
/**
 * The shared store: data that sockets, workers and servers share, with the verbs of SocketCluster's
 * nData. {@link io.socketcluster.store.Store} is the entry.
 */
@NullMarked
package io.socketcluster.store;

import org.jspecify.annotations.NullMarked;
