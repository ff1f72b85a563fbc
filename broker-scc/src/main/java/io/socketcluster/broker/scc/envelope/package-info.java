// SPDX-License-Identifier: MIT
/** Packs messages as workers send them to each other. */
package io.socketcluster.broker.scc.envelope;
