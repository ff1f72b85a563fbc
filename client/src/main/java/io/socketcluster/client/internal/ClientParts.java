// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

import io.socketcluster.core.streams.HandlerFailures;

/** What a socket is made of: each part owns its state. */
record ClientParts(
    ClientEvents events,
    ClientStreams streams,
    HandOver handOver,
    ConnectionCycle cycle,
    Inbound inbound,
    Outbound outbound,
    Batching batching,
    Channels channels,
    Authentication authentication) {
  static ClientParts of(DefaultClientSocket socket, SocketLoop loop) {
    ClientEvents events = new ClientEvents(socket, loop);
    return new ClientParts(
        events,
        new ClientStreams(loop, new HandlerFailures(events)),
        new HandOver(loop),
        new ConnectionCycle(socket, loop),
        new Inbound(socket),
        new Outbound(socket, loop),
        new Batching(socket),
        new Channels(socket),
        new Authentication(socket, loop));
  }
}
