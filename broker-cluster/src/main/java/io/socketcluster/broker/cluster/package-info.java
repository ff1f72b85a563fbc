// SPDX-License-Identifier: MIT
/**
 * The part that all engines for many machines have in common: local delivery, the connection that
 * is kept up, subscriptions that are kept in force, publishes that wait for their confirmation, and
 * gaps that are announced. An engine brings a {@link
 * io.socketcluster.broker.cluster.BrokerConnector}.
 */
package io.socketcluster.broker.cluster;
