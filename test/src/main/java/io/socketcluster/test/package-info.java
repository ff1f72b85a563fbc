// SPDX-License-Identifier: MIT
/**
 * Tests of applications: a class with {@link io.socketcluster.test.SocketClusterTest} gets servers,
 * clients, raw peers and a relay with faults as parameters.
 */
package io.socketcluster.test;
