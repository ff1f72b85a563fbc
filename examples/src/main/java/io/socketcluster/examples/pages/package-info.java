// SPDX-License-Identifier: MIT
/** The parts that the examples with a page share. */
@NullMarked
package io.socketcluster.examples.pages;

import org.jspecify.annotations.NullMarked;
