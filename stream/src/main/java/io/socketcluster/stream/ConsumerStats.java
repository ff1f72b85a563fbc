// SPDX-License-Identifier: MIT
package io.socketcluster.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The state of one consumer at one moment. Immutable and thread-safe.
 *
 * @param id the id of the consumer, unique within its stream or demux
 * @param backpressure how many items were written and not yet taken by it
 * @param timeout how long it waits for an item, or null if it waits forever
 * @param stream the name of its stream in a {@link StreamDemux}, or null outside of one
 */
public record ConsumerStats(
    long id, int backpressure, @Nullable Duration timeout, @Nullable String stream) {}
