// SPDX-License-Identifier: MIT
@NullMarked
package io.socketcluster.examples.presence;

import org.jspecify.annotations.NullMarked;
