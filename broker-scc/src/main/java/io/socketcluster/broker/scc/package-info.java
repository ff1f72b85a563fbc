// SPDX-License-Identifier: MIT
/**
 * A seat in a SocketCluster cluster of Node workers: {@link io.socketcluster.broker.scc.SccBroker}
 * makes the broker engine.
 */
package io.socketcluster.broker.scc;
