// SPDX-License-Identifier: MIT
/** The verbs of a store on any backend, and the backend in memory. */
@NullMarked
package io.socketcluster.store.internal;

import org.jspecify.annotations.NullMarked;
