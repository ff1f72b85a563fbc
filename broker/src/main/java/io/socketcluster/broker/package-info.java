// SPDX-License-Identifier: MIT
/**
 * Turns publishes into deliveries: {@link io.socketcluster.broker.AGExchange} for the application,
 * {@link io.socketcluster.broker.AGSimpleBroker} for one machine, {@link
 * io.socketcluster.broker.AGBrokerEngine} to connect many machines. Subscribers are groups of
 * sockets, one for each event loop, so that a publish costs one hand-over for each loop.
 */
package io.socketcluster.broker;
