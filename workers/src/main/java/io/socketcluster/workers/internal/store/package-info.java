// SPDX-License-Identifier: MIT
/** The store that supervised workers share: its server beside their broker, and its clients. */
package io.socketcluster.workers.internal.store;
