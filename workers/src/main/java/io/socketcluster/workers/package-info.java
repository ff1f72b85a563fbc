// SPDX-License-Identifier: MIT
/** An application as workers: in one process, or in several that share a port and a broker. */
package io.socketcluster.workers;
