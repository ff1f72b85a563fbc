// SPDX-License-Identifier: MIT
/** Files in pieces, whose progress everybody can watch. */
@NullMarked
package io.socketcluster.examples.upload;

import org.jspecify.annotations.NullMarked;
