// SPDX-License-Identifier: MIT
/**
 * The cases of the reference's client tests, and what its users rely on besides, for the Java
 * client: each class of cases runs as a {@code *Test} against our server and as an {@code *IT}
 * against the reference's in Node.
 */
@NullMarked
package io.socketcluster.conformance.client;

import org.jspecify.annotations.NullMarked;
