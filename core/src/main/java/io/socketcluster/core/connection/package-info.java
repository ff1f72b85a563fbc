// SPDX-License-Identifier: MIT
/**
 * Parts of a connection on either end: timers, calls that wait for their answers, batches, and the
 * threads on which the application runs. For the modules of SocketCluster only.
 */
package io.socketcluster.core.connection;
