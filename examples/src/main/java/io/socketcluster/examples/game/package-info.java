// SPDX-License-Identifier: MIT
/** A game: the server moves everything twenty times a second. */
@NullMarked
package io.socketcluster.examples.game;

import org.jspecify.annotations.NullMarked;
