// SPDX-License-Identifier: MIT
/** One connection after the other: its messages, its clocks, its end, and the next attempt. */
package io.socketcluster.client.internal.connection;
