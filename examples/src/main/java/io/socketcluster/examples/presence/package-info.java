// SPDX-License-Identifier: MIT
/** A list of the people in a room. */
@NullMarked
package io.socketcluster.examples.presence;

import org.jspecify.annotations.NullMarked;
