// SPDX-License-Identifier: MIT
/**
 * The state server of a SocketCluster cluster, which tells its workers what brokers there are:
 * {@link io.socketcluster.broker.scc.state.SccStateServer}, as a program {@code bin/scc-state}.
 */
package io.socketcluster.broker.scc.state;
