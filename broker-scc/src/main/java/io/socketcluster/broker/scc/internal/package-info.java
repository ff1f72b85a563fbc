// SPDX-License-Identifier: MIT
/** Shared by the seat in a cluster and the state server of a cluster. */
package io.socketcluster.broker.scc.internal;
