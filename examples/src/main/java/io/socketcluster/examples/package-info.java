// SPDX-License-Identifier: MIT
/** The command that starts an example with a page; each example is a package of its own. */
@NullMarked
package io.socketcluster.examples;

import org.jspecify.annotations.NullMarked;
