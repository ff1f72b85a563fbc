// SPDX-License-Identifier: MIT
/** An application with handlers, and with what a test of them has to leave out. */
@NullMarked
package io.socketcluster.spring.test.chat;

import org.jspecify.annotations.NullMarked;
