// SPDX-License-Identifier: MIT
/**
 * Transports and protocols from other modules. Incubating: the module does not export the package
 * yet, so it is there on the class path only, and the types may change with any release.
 *
 * <p>A transport ends its pipeline with a handler of a {@link
 * io.socketcluster.server.spi.SocketEndpoint} and describes its frames in a {@link
 * io.socketcluster.server.spi.WireFormat}. A protocol is a {@link
 * io.socketcluster.protocol.CodecEngine}.
 */
package io.socketcluster.server.spi;
