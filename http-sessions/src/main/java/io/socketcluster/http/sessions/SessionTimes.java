// SPDX-License-Identifier: MIT
package io.socketcluster.http.sessions;

import java.time.Duration;

/**
 * The times of sessions.
 *
 * @param closeTimeout how long a session lasts without a carrier
 * @param pollDuration how long a poll is held before it is answered without a message
 * @param probeInterval how long a client with a lasting carrier may be silent before it is probed
 * @param silenceTimeout how long a client may be silent before it counts as gone
 */
public record SessionTimes(
    Duration closeTimeout,
    Duration pollDuration,
    Duration probeInterval,
    Duration silenceTimeout) {}
