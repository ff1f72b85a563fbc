// SPDX-License-Identifier: MIT
/** Tests. */
@NullMarked
package io.socketcluster.spring.test;

import org.jspecify.annotations.NullMarked;
