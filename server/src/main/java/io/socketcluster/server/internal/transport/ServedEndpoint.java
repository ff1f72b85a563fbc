// SPDX-License-Identifier: MIT
package io.socketcluster.server.internal.transport;

import io.socketcluster.server.AGEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint and what its connections share. Immutable.
 *
 * @param settings as the application gave them
 * @param format shared with every other endpoint that has the same codec
 * @param compressed the same for the connections that agree to compress, or null when none may
 */
public record ServedEndpoint(
    AGEndpoint settings, WebSocketFormat format, @Nullable WebSocketFormat compressed) {}
