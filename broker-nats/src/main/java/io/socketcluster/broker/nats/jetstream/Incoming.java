// SPDX-License-Identifier: MIT
package io.socketcluster.broker.nats.jetstream;

import io.nats.client.Dispatcher;

/**
 * What receives the messages of the channels on one connection. Immutable.
 *
 * @param order the order in which the dispatcher's messages are handed over
 */
public record Incoming(Dispatcher dispatcher, StreamOrder order) {}
