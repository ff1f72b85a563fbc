// SPDX-License-Identifier: MIT
/** The shared store on Redis and Valkey: {@link io.socketcluster.store.redis.RedisStore}. */
@NullMarked
package io.socketcluster.store.redis;

import org.jspecify.annotations.NullMarked;
