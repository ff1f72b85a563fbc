// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.socketcluster.server.AGEndpoint;

/**
 * An endpoint and what its connections share. Immutable.
 *
 * @param settings as the application gave them
 * @param format shared with every other endpoint that has the same codec
 */
public record ServedEndpoint(AGEndpoint settings, WireFormat format) {}
