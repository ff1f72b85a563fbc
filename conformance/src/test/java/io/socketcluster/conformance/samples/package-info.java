// SPDX-License-Identifier: MIT
/** The samples of the documentation, as they stand there but for the layout and the port. */
@NullMarked
package io.socketcluster.conformance.samples;

import org.jspecify.annotations.NullMarked;
