// SPDX-License-Identifier: MIT
/**
 * Where a publish becomes deliveries: {@link io.socketcluster.broker.AGExchange} for the
 * application, {@link io.socketcluster.broker.AGBrokerEngine} for those who connect many machines,
 * {@link io.socketcluster.broker.AGSimpleBroker} for one. Subscribers are groups of sockets, one
 * for each event loop, so that a publish costs one hand-over for each loop.
 */
package io.socketcluster.broker;
