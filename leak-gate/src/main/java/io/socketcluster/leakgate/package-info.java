// SPDX-License-Identifier: MIT
/** Fails the tests of a module after which a buffer of Netty was lost. Never published. */
@NullMarked
package io.socketcluster.leakgate;

import org.jspecify.annotations.NullMarked;
