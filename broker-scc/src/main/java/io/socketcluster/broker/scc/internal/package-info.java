// SPDX-License-Identifier: MIT
/** What the seat in a cluster and the state server of a cluster share. */
package io.socketcluster.broker.scc.internal;
