// SPDX-License-Identifier: MIT
/** Binds the annotated methods of beans to a server. */
@NullMarked
package io.socketcluster.spring.handlers;

import org.jspecify.annotations.NullMarked;
