// SPDX-License-Identifier: MIT
/**
 * Histories in NATS JetStream: a stream keeps the messages of all channels that have the same
 * bounds, and republishes each message to the subscribers of its channel.
 */
package io.socketcluster.broker.nats.jetstream;
