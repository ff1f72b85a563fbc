// SPDX-License-Identifier: MIT
@NullMarked
package io.socketcluster.examples.game;

import org.jspecify.annotations.NullMarked;
