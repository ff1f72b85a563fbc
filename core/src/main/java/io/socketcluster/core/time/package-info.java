// SPDX-License-Identifier: MIT
/** The time that servers and clients go by, which a test can replace. */
@NullMarked
package io.socketcluster.core.time;

import org.jspecify.annotations.NullMarked;
