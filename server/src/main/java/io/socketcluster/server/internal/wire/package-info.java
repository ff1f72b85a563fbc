// SPDX-License-Identifier: MIT
/**
 * The port below a socket. A socket sees a {@link io.socketcluster.server.internal.wire.Wire} and
 * is called through a {@link io.socketcluster.server.internal.wire.WireListener}; it knows neither
 * WebSocket nor the pipeline. {@link io.socketcluster.server.internal.wire.ChannelWire} is the wire
 * of every transport that sends over a channel of Netty.
 */
package io.socketcluster.server.internal.wire;
