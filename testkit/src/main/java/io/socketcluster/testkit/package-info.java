// SPDX-License-Identifier: MIT
/**
 * Tools for tests that look at the wire: raw peers for both roles, a relay that makes a connection
 * fail, certificates, and a gate that fails a test class which leaked a buffer of Netty.
 */
package io.socketcluster.testkit;
