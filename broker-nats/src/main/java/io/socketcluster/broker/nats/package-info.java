// SPDX-License-Identifier: MIT
/** The broker engine on NATS: {@link io.socketcluster.broker.nats.NatsBroker} makes it. */
package io.socketcluster.broker.nats;
