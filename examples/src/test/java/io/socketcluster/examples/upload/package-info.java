// SPDX-License-Identifier: MIT
@NullMarked
package io.socketcluster.examples.upload;

import org.jspecify.annotations.NullMarked;
