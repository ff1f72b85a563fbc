// SPDX-License-Identifier: MIT
@NullMarked
package io.socketcluster.examples;

import org.jspecify.annotations.NullMarked;
