// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

/**
 * One message between two ends, as {@code socketcluster-protocol.md} describes it. Every packet is
 * immutable and may be used by any thread.
 */
public sealed interface Packet permits EventPacket, ResponsePacket, RawPacket {}
