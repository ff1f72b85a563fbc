// SPDX-License-Identifier: MIT
/** Prices that change many times a second, for readers of any speed. */
@NullMarked
package io.socketcluster.examples.prices;

import org.jspecify.annotations.NullMarked;
