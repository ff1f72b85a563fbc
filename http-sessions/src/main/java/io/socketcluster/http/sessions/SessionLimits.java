// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

/**
 * The limits of the sessions of one transport. An address is one of IPv4, or a /64 network of IPv6.
 *
 * @param sessions how many there may be
 * @param sessionsPerAddress how many of them one address may have
 * @param pollsPerAddress how many polls and streams of one address may be held at a time
 */
public record SessionLimits(int sessions, int sessionsPerAddress, int pollsPerAddress) {}
