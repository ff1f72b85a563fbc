// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.protocol.errors.AGException;
import org.jspecify.annotations.Nullable;

/**
 * What the server said to a token. Immutable.
 *
 * @param isAuthenticated whether the socket is authenticated now
 * @param authError why not, or null
 */
public record AuthStatus(boolean isAuthenticated, @Nullable AGException authError) {}
