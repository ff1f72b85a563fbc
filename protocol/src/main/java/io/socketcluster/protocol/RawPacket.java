// SPDX-License-Identifier: MIT
package io.socketcluster.protocol;

/**
 * A message that is no packet of {@code socketcluster-protocol.md}: no JSON object or array, or one
 * that is neither an event nor an answer. It is no error. Immutable.
 *
 * @param message the whole message as it came, also when only one element of a batch was no packet
 */
public record RawPacket(String message) implements Packet {}
