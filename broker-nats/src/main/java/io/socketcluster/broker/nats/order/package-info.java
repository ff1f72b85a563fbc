// SPDX-License-Identifier: MIT
/** The order of the messages that a stream republishes. */
package io.socketcluster.broker.nats.order;
