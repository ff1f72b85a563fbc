// SPDX-License-Identifier: MIT
@NullMarked
package io.socketcluster.examples.prices;

import org.jspecify.annotations.NullMarked;
