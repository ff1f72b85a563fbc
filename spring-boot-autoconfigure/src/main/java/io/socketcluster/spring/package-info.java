// SPDX-License-Identifier: MIT
/** Annotations for beans that handle calls, messages, channels and connections. */
@NullMarked
package io.socketcluster.spring;

import org.jspecify.annotations.NullMarked;
