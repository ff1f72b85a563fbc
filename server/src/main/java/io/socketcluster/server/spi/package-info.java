// SPDX-License-Identifier: MIT
/**
 * Transports and protocols from other modules. Incubating: the types may change with any release.
 * The module exports the package to the transports of this project only, because its signatures
 * have types of Netty. On the class path every application can use it.
 *
 * <p>A transport ends its pipeline with a handler of a {@link
 * io.socketcluster.server.spi.SocketEndpoint} and describes its frames in a {@link
 * io.socketcluster.server.spi.WireFormat}. A protocol is a {@link
 * io.socketcluster.protocol.CodecEngine}. A transport that shares the HTTP port of a server is a
 * {@link io.socketcluster.server.spi.HttpTransport}.
 */
package io.socketcluster.server.spi;
