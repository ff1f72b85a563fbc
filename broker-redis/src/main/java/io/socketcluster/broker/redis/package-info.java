// SPDX-License-Identifier: MIT
/**
 * The broker engine on Redis and Valkey: {@link io.socketcluster.broker.redis.RedisBroker} makes
 * it.
 */
package io.socketcluster.broker.redis;
