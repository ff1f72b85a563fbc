// SPDX-License-Identifier: MIT
package io.socketcluster.client;

import io.socketcluster.protocol.errors.AGException;
import org.jspecify.annotations.Nullable;

/**
 * The server's answer to a token. Immutable.
 *
 * @param isAuthenticated whether the socket is authenticated now
 * @param authError the reason for a refusal, or null
 */
public record AuthStatus(boolean isAuthenticated, @Nullable AGException authError) {}
