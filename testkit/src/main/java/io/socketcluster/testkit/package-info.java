// SPDX-License-Identifier: MIT
/**
 * The kit of this project's own tests: raw peers, certificates, and a gate that fails a test class
 * which leaked a buffer of Netty. Never published.
 */
@NullMarked
package io.socketcluster.testkit;

import org.jspecify.annotations.NullMarked;
