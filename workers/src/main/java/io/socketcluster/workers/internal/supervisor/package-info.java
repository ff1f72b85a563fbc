// SPDX-License-Identifier: MIT
/** Starts, watches and replaces the processes. */
package io.socketcluster.workers.internal.supervisor;
