// SPDX-License-Identifier: MIT
/**
 * Auth tokens that a cluster refuses before they expire: {@link
 * io.socketcluster.server.AGCluster#revokeTokens} takes a {@link
 * io.socketcluster.server.tokens.TokenRevocation}.
 */
@NullMarked
package io.socketcluster.server.tokens;

import org.jspecify.annotations.NullMarked;
