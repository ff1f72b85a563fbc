// SPDX-License-Identifier: MIT
/** The contract of a store: {@link io.socketcluster.store.testkit.StoreContract}. */
@NullMarked
package io.socketcluster.store.testkit;

import org.jspecify.annotations.NullMarked;
