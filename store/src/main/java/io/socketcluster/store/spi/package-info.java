// SPDX-License-Identifier: MIT
/** The port for authors of stores: {@link io.socketcluster.store.spi.StoreBackend}. */
@NullMarked
package io.socketcluster.store.spi;

import org.jspecify.annotations.NullMarked;
