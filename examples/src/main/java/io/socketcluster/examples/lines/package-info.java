// SPDX-License-Identifier: MIT
/**
 * A transport and a protocol of lines over TCP, so that {@code nc} can take part. They are outside
 * of the server and use its incubating package {@code io.socketcluster.server.spi}.
 */
@NullMarked
package io.socketcluster.examples.lines;

import org.jspecify.annotations.NullMarked;
