// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.order;

import io.nats.client.Dispatcher;

/**
 * The receiving side of one connection. Immutable.
 *
 * @param dispatcher receives all messages, one after the other
 * @param order is the order in which the dispatcher's messages of streams are handed over
 */
public record Incoming(Dispatcher dispatcher, StreamOrder order) {}
