// SPDX-License-Identifier: MIT
@NullMarked
package io.socketcluster.examples.chat;

import org.jspecify.annotations.NullMarked;
