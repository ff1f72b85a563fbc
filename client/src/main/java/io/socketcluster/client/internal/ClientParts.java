// SPDX-License-Identifier: MIT
package io.socketcluster.client.internal;

/** What a socket is made of: each part owns its state. */
record ClientParts(
    ClientStreams streams,
    HandOver handOver,
    ConnectionCycle cycle,
    Inbound inbound,
    Outbound outbound,
    Batching batching,
    Channels channels,
    Authentication authentication) {
  static ClientParts of(DefaultClientSocket socket, SocketLoop loop) {
    return new ClientParts(
        new ClientStreams(loop),
        new HandOver(loop),
        new ConnectionCycle(socket, loop),
        new Inbound(socket),
        new Outbound(socket, loop),
        new Batching(socket),
        new Channels(socket),
        new Authentication(socket, loop));
  }
}
