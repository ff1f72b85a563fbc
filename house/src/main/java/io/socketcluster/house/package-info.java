// SPDX-License-Identifier: MIT
/**
 * The rules of the house for this project's own modules: sizes and arrows, the patience of
 * Awaitility, and the leak gate for every class of tests. Never published.
 */
@NullMarked
package io.socketcluster.house;

import org.jspecify.annotations.NullMarked;
