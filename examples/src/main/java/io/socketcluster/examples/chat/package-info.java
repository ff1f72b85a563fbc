// SPDX-License-Identifier: MIT
/** A chat in the terminal, in the rooms of the demo and its page. */
@NullMarked
package io.socketcluster.examples.chat;

import org.jspecify.annotations.NullMarked;
